import type { AppendFile } from '../ports.ts'

/** A file whose first bytes stay in memory, so that an output can be made of them without reading the file again. */
export interface KeptHead extends AppendFile {
  /** The first bytes as text, up to the last whole character. */
  head(): string
  /** Whether more was written than is kept. */
  isCut(): boolean
}

/** Keeps the first `maxBytes` of what goes into the file. */
export function keepHead(file: AppendFile, maxBytes: number): KeptHead {
  const pieces: Uint8Array[] = []
  let room = maxBytes
  let cut = false
  return {
    write(bytes) {
      file.write(bytes)
      if (cut) return
      const piece = typeof bytes === 'string' ? Buffer.from(bytes) : bytes
      cut = piece.length > room
      // A copy: the caller may use the memory again.
      const kept = Uint8Array.from(piece.subarray(0, room))
      room -= kept.length
      if (kept.length > 0) pieces.push(kept)
    },
    close() {
      file.close()
    },
    head: () => new TextDecoder().decode(Buffer.concat(pieces), { stream: true }),
    isCut: () => cut,
  }
}

/** The head of a file to which nothing was written. */
export const NOTHING_KEPT: Pick<KeptHead, 'head' | 'isCut'> = { head: () => '', isCut: () => false }
