/** A longer line is handed on in pieces of this size. */
export const MAX_LINE_BYTES = 16 * 1024 * 1024

/**
 * Takes one line: those bytes from `start` to `end`, which are only valid during the call. `cut`: a piece of an overlong
 * line. `ended`: the line ends with it.
 */
export type OnLine = (bytes: Buffer, start: number, end: number, cut: boolean, ended: boolean) => void

const LF = 10
const CR = 13

/**
 * Cuts a stream of bytes into lines that end with `\n`, `\r\n` or a lone `\r` (progress bars). Any way of cutting
 * the stream into chunks gives the same lines. Empty lines are left out. Holds the line that has not ended yet, and
 * no more than `maxBytes` (at least 4) of it; pieces of a longer one end between characters.
 */
export class LineSplitter {
  readonly #onLine: OnLine
  readonly #maxBytes: number
  // The begun line: parts of earlier chunks.
  #held: Uint8Array[] = []
  #heldLength = 0
  #cutting = false

  constructor(onLine: OnLine, maxBytes = MAX_LINE_BYTES) {
    this.#onLine = onLine
    this.#maxBytes = maxBytes
  }

  push(chunk: Uint8Array): void {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    let start = 0
    let newline = bytes.indexOf(LF)
    let carriage = bytes.indexOf(CR)
    while (newline >= 0 || carriage >= 0) {
      const end = newline < 0 || (carriage >= 0 && carriage < newline) ? carriage : newline
      this.#endLine(bytes, start, end)
      start = end + 1
      if (end === newline) newline = bytes.indexOf(LF, start)
      else carriage = bytes.indexOf(CR, start)
    }
    if (start < bytes.length) this.#hold(bytes.subarray(start))
  }

  /** Hands on a last line without an end. */
  end(): void {
    this.#endLine(Buffer.alloc(0), 0, 0)
  }

  #endLine(bytes: Buffer, start: number, end: number): void {
    if (this.#heldLength === 0 && end - start <= this.#maxBytes) {
      if (end > start) this.#onLine(bytes, start, end, this.#cutting, true)
    } else {
      this.#hold(bytes.subarray(start, end))
      if (this.#heldLength > 0) {
        const whole = this.#join()
        this.#onLine(whole, 0, whole.length, this.#cutting, true)
      }
    }
    this.#cutting = false
  }

  #hold(bytes: Buffer): void {
    let rest = bytes
    while (this.#heldLength + rest.length > this.#maxBytes) {
      const room = this.#maxBytes - this.#heldLength
      this.#keep(rest.subarray(0, room))
      rest = rest.subarray(room)
      this.#cutting = true
      const piece = this.#join()
      const border = characterBorder(piece)
      this.#onLine(piece, 0, border, true, false)
      if (border < piece.length) this.#keep(piece.subarray(border))
    }
    if (rest.length > 0) this.#keep(rest)
  }

  // A copy: the caller may use the chunk's memory again.
  #keep(bytes: Buffer): void {
    this.#held.push(Buffer.from(bytes))
    this.#heldLength += bytes.length
  }

  #join(): Buffer {
    const whole = Buffer.concat(this.#held, this.#heldLength)
    this.#held = []
    this.#heldLength = 0
    return whole
  }
}

/** The greatest length at which the bytes end between two UTF-8 characters; all of them where they are no UTF-8. */
function characterBorder(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(4, bytes.length - 1); back++) {
    const byte = bytes[bytes.length - back] as number
    if (byte < 0x80) break
    if (byte >= 0xc0) {
      const size = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      return size > back ? bytes.length - back : bytes.length
    }
  }
  return bytes.length
}
