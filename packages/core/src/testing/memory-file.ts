import type { AppendFile } from '../ports.ts'

/** A file that is appended to in memory, and what it holds. */
export class MemoryFile implements AppendFile {
  readonly #pieces: Buffer[] = []
  closed = false

  write(bytes: Uint8Array | string): void {
    if (this.closed) throw new Error('the file was closed before')
    this.#pieces.push(Buffer.from(bytes as Uint8Array))
  }

  close(): void {
    this.closed = true
  }

  get text(): string {
    return Buffer.concat(this.#pieces).toString()
  }

  /** How often it was written to. */
  get writes(): number {
    return this.#pieces.length
  }
}
