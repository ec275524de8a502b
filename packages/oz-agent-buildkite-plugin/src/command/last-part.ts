/** Keeps the last part of an output of any length. */
export interface LastPart {
  push(chunk: Uint8Array): void
  /** The last lines, in at most so many bytes; begins with a whole line unless one line is longer than that. */
  read(): { readonly text: string; readonly cut: boolean }
}

export function keepLastPart(maxLines: number, maxBytes: number): LastPart {
  const chunks: Buffer[] = []
  let held = 0
  let cut = false

  return {
    push(chunk) {
      chunks.push(Buffer.from(chunk))
      held += chunk.length
      // One byte more than is kept tells whether the part begins with a whole line.
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
  // Bytes 10xxxxxx continue a character that was cut.
  while (((bytes[start] ?? 0) & 0xc0) === 0x80) start++
  return bytes.subarray(start).toString()
}
