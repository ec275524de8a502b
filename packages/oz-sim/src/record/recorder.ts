import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { CallEnd, CallStart } from './call.ts'

export const CALLS_FILE = 'calls.ndjson'

/** Writes down how a call began and how it ended; without a folder it does nothing. */
export class Recorder {
  readonly #folder: string | undefined
  readonly #id: string

  constructor(folder: string | undefined, id: string) {
    this.#folder = folder
    this.#id = id
  }

  started(start: Omit<CallStart, 'event' | 'id'>): void {
    this.#append({ event: 'start', id: this.#id, ...start })
  }

  ended(end: Omit<CallEnd, 'event' | 'id'>): void {
    this.#append({ event: 'end', id: this.#id, ...end })
  }

  // One write in append mode a line, so that calls that run at once never mix their lines.
  #append(line: CallStart | CallEnd): void {
    if (this.#folder === undefined) return
    mkdirSync(this.#folder, { recursive: true })
    appendFileSync(join(this.#folder, CALLS_FILE), `${JSON.stringify(line)}\n`)
  }
}
