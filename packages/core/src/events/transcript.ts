import type { AppendFile } from '../ports.ts'
import type { OutputStream } from './oz-event.ts'

const NEWLINE = Buffer.from('\n')

/**
 * Writes `transcript.ndjson`, where every line is a JSON object: events as they came, and each line that was no
 * event as `{"type":"plain_text","stream":"stdout"|"stderr","text":…}` (with `"cut":true` for a piece of an overlong
 * line; empty lines are left out). Collects until `flush`, which writes at once.
 */
export class Transcript {
  readonly #file: AppendFile
  #pieces: Uint8Array[] = []

  constructor(file: AppendFile) {
    this.#file = file
  }

  event(line: Uint8Array): void {
    this.#pieces.push(line, NEWLINE)
  }

  plain(stream: OutputStream, text: string, cut: boolean): void {
    const line = { type: 'plain_text', stream, text, ...(cut ? { cut } : {}) }
    this.event(Buffer.from(JSON.stringify(line)))
  }

  flush(): void {
    if (this.#pieces.length === 0) return
    this.#file.write(Buffer.concat(this.#pieces))
    this.#pieces = []
  }
}
