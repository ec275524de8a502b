import { appendFileSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DescriptorKind } from './call-start.ts'

/** The API key as records hold it: never the key itself. */
export interface RecordedKey {
  readonly source: 'argument' | 'environment'
  /** What `fingerprint` makes of the key. */
  readonly fingerprint: string
  readonly length: number
}

/** The first line that a call leaves in `calls.ndjson`. */
export interface CallStart {
  readonly event: 'start'
  readonly id: string
  /** Milliseconds since the epoch. */
  readonly time: number
  readonly name: string
  readonly executable: string
  /** Without the program's name; the value of `--api-key` is replaced. */
  readonly argv: readonly string[]
  /** `['agent', 'run']`; missing when the arguments were refused. */
  readonly command?: readonly string[]
  readonly run_id?: string
  /** Where the script came from. */
  readonly script?: string
  readonly cwd: string
  readonly env_names: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly api_key: RecordedKey | null
  readonly stdin: DescriptorKind
  readonly pid: number
  readonly ppid: number
  readonly pgid?: number
}

/** The second line; missing when the process was killed. */
export interface CallEnd {
  readonly event: 'end'
  readonly id: string
  readonly time: number
  /** How it ended, by itself or told by a signal. */
  readonly exit: { readonly code: number } | { readonly signal: string }
  /** Signals heard meanwhile, in order. */
  readonly heard: readonly string[]
}

/** One call, read back; `end` is missing while it runs and when it was killed. */
export interface RecordedCall extends Omit<CallStart, 'event'> {
  readonly end?: Omit<CallEnd, 'event' | 'id'>
}

const CALLS_FILE = 'calls.ndjson'

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

/** Every call recorded in `folder`, in the order in which they started; empty when there was none. */
export function readCalls(folder: string): readonly RecordedCall[] {
  const lines = content(join(folder, CALLS_FILE))
    .split('\n')
    .filter((line) => line !== '')
    .map((line): CallStart | CallEnd => JSON.parse(line))
  const ends = new Map(lines.flatMap((line) => (line.event === 'end' ? [[line.id, line] as const] : [])))
  return lines.flatMap((line) => {
    if (line.event !== 'start') return []
    const { event: _event, ...call } = line
    const end = ends.get(line.id)
    if (!end) return [call]
    const { event: _end, id: _id, ...rest } = end
    return [{ ...call, end: rest }]
  })
}

function content(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}
