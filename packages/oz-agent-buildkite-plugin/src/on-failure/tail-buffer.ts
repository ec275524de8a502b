/** Keeps the end of an output of any length in bounded memory. */
export interface TailBuffer {
  push(chunk: Uint8Array): void
  /** The last lines within the limits. Begins with a whole line, unless the last line alone is too long. */
  read(): { readonly text: string; readonly cut: boolean }
}

export function createTailBuffer(maxLines: number, maxBytes: number): TailBuffer {
  const chunks: Buffer[] = []
  let held = 0
  let cut = false

  return {
    push(chunk) {
      chunks.push(Buffer.from(chunk))
      held += chunk.length
      // One byte more than the limit shows whether the kept part begins with a whole line.
      while (held - (chunks[0]?.length ?? 0) > maxBytes) {
        held -= chunks.shift()?.length ?? 0
        cut = true
      }
    },
    read() {
      const whole = Buffer.concat(chunks)
      const bytes = whole.subarray(Math.max(0, whole.length - maxBytes - 1))
      const isCut = cut || whole.length > maxBytes
      const lines = wholeLines(bytes, isCut, maxBytes).split('\n')
      const end = lines.at(-1) === '' ? lines.length - 1 : lines.length
      const first = Math.max(0, end - maxLines)
      return { text: lines.slice(first, end).join('\n'), cut: isCut || first > 0 }
    },
  }
}

function wholeLines(bytes: Buffer, isCut: boolean, maxBytes: number): string {
  if (!isCut) return bytes.toString()
  const lineEnd = bytes.indexOf(10)
  if (lineEnd >= 0 && lineEnd < bytes.length - 1) return bytes.subarray(lineEnd + 1).toString()
  let start = Math.max(0, bytes.length - maxBytes)
  // A byte 10xxxxxx continues a character that was cut.
  while (((bytes[start] ?? 0) & 0xc0) === 0x80) start++
  return bytes.subarray(start).toString()
}
