import type { TextSink } from '../ports.ts'

/** Keeps what was written to it. */
export class RecordingSink implements TextSink {
  #text = ''

  get text(): string {
    return this.#text
  }

  write(text: string): void {
    this.#text += text
  }
}
