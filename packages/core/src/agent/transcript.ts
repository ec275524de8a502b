import type { AppendFile } from '../ports.ts'
import type { OutputStream } from './event.ts'

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

const LF = 10

/**
 * Writes `transcript.ndjson`, where every line is a JSON object: events as they came, and each line that was no
 * event as `{"type":"plain_text","stream":"stdout"|"stderr","text":…}` (with `"cut":true` for a piece of an overlong
 * line; empty lines are left out). Collects until `flush`, which writes at once; the bytes must stay valid till then.
 */
export class Transcript {
  readonly #file: AppendFile
  #pieces: Uint8Array[] = []
  // Events that follow one another in one buffer are one stretch, copied and written as one.
  #stretch: { readonly bytes: Buffer; readonly start: number; end: number } | undefined
  // Lines that were made here.
  #text = ''

  constructor(file: AppendFile) {
    this.#file = file
  }

  /** An event as its line came: those bytes from `start` to `end`, without the line's end. */
  event(bytes: Buffer, start: number, end: number): void {
    if (this.#stretch?.bytes === bytes && this.#stretch.end === start) {
      this.#stretch.end = end
    } else {
      this.#collect()
      this.#stretch = { bytes, start, end }
    }
    if (bytes[end] === LF) this.#stretch.end = end + 1
    else this.#append('\n')
  }

  /** An event whose line had to change. */
  rewritten(json: string): void {
    this.#append(`${json}\n`)
  }

  plain(stream: OutputStream, text: string, cut: boolean): void {
    const mark = cut ? ',"cut":true' : ''
    this.#append(`{"type":"plain_text","stream":"${stream}","text":${JSON.stringify(text)}${mark}}\n`)
  }

  flush(): void {
    this.#collect()
    const [first] = this.#pieces
    if (first === undefined) return
    this.#file.write(this.#pieces.length === 1 ? first : Buffer.concat(this.#pieces))
    this.#pieces = []
  }

  #append(text: string): void {
    if (this.#stretch !== undefined) this.#collect()
    this.#text += text
  }

  // Of stretch and text only one is ever there.
  #collect(): void {
    if (this.#stretch !== undefined) {
      const { bytes, start, end } = this.#stretch
      this.#pieces.push(bytes.subarray(start, end))
      this.#stretch = undefined
    } else if (this.#text !== '') {
      this.#pieces.push(Buffer.from(this.#text))
      this.#text = ''
    }
  }
}
