import type { DescriptorKind } from './descriptor.ts'

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
