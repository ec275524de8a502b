/** A longer line is handed on in pieces of this size. */
export const MAX_LINE_BYTES = 16 * 1024 * 1024

/** One line of a stream, without its end. */
export interface Line {
  readonly bytes: Uint8Array
  /** A piece of a line that is longer than the maximum. */
  readonly cut: boolean
}

const LF = 10
const CR = 13

/**
 * Cuts a stream of bytes into lines that end with `\n`, `\r\n` or a lone `\r` (progress bars). Any way of cutting
 * the stream into chunks gives the same lines. Empty lines are left out. The bytes of a line are only valid during
 * the callback. Holds one line at most, and no more than `maxBytes` of it; pieces end between characters.
 */
export class LineSplitter {
  readonly #onLine: (line: Line) => void
  readonly #maxBytes: number
  #parts: Uint8Array[] = []
  #length = 0
  #cutting = false

  constructor(onLine: (line: Line) => void, maxBytes = MAX_LINE_BYTES) {
    this.#onLine = onLine
    this.#maxBytes = maxBytes
  }

  push(chunk: Uint8Array): void {
    let start = 0
    let newline = chunk.indexOf(LF)
    let carriage = chunk.indexOf(CR)
    while (newline >= 0 || carriage >= 0) {
      const end = newline < 0 || (carriage >= 0 && carriage < newline) ? carriage : newline
      this.#take(chunk.subarray(start, end))
      this.#finish()
      start = end + 1
      if (end === newline) newline = chunk.indexOf(LF, start)
      else carriage = chunk.indexOf(CR, start)
    }
    if (start < chunk.length) this.#take(chunk.subarray(start), true)
  }

  /** Hands on a last line without an end. */
  end(): void {
    this.#finish()
  }

  // `keep`: the bytes outlive this call, so they are copied out of the chunk that the caller may reuse.
  #take(bytes: Uint8Array, keep = false): void {
    let rest = bytes
    while (this.#length + rest.length > this.#maxBytes) {
      const room = this.#maxBytes - this.#length
      this.#parts.push(rest.subarray(0, room))
      this.#length += room
      rest = rest.subarray(room)
      this.#cutting = true
      const piece = this.#join()
      const border = characterBorder(piece)
      this.#onLine({ bytes: piece.subarray(0, border), cut: true })
      if (border < piece.length) {
        this.#parts = [piece.slice(border)]
        this.#length = piece.length - border
      }
    }
    if (rest.length === 0) return
    this.#parts.push(keep ? rest.slice() : rest)
    this.#length += rest.length
  }

  #finish(): void {
    const cut = this.#cutting
    this.#cutting = false
    if (this.#length > 0) this.#onLine({ bytes: this.#join(), cut })
  }

  #join(): Uint8Array {
    const [only] = this.#parts
    const whole = this.#parts.length === 1 && only !== undefined ? only : Buffer.concat(this.#parts)
    this.#parts = []
    this.#length = 0
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
