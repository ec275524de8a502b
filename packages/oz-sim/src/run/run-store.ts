import { appendFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Script } from '../script/schema.ts'

/** What later calls (`run get`, `report-shutdown`) must know of a run: its script, and how often it was asked for. */
export class RunStore {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = join(folder, 'runs')
  }

  save(id: string, script: Script): void {
    mkdirSync(this.#folder, { recursive: true })
    writeFileSync(this.#path(id, 'json'), JSON.stringify(script))
  }

  load(id: string): Script | undefined {
    try {
      return JSON.parse(readFileSync(this.#path(id, 'json'), 'utf8'))
    } catch {
      return undefined
    }
  }

  /** Counts one more look at the run; 0 at the first. A byte appended a look, so that looks at once all count. */
  look(id: string): number {
    mkdirSync(this.#folder, { recursive: true })
    const path = this.#path(id, 'looks')
    appendFileSync(path, '.')
    return statSync(path).size - 1
  }

  #path(id: string, extension: string): string {
    return join(this.#folder, `${id.replace(/[^\w.-]/g, '_')}.${extension}`)
  }
}
