import { appendFileSync, mkdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { ParseResult } from '../cli/parse.ts'
import { type DescriptorKind, type Host, kindOfDescriptor } from '../process-host.ts'
import type { Selected } from '../script/select.ts'

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

/** Variables whose values are recorded; of all others only the names. */
const VALUES =
  /^(WARP_(?!.*KEY)|OZ_|XDG_|LC_|CI$|HOME$|PATH$|TMPDIR$|LANG$|TERM$|NO_COLOR$|(HTTPS?|NO)_PROXY$)/i

/** What a record says of how this call came about. */
export function callStart(
  host: Host,
  parsed: ParseResult,
  selected: Selected,
  runId: string | undefined,
): Omit<CallStart, 'event' | 'id'> {
  const names = Object.keys(host.env).sort()
  const shown = names.filter((name) => VALUES.test(name) || selected.script.record_env?.includes(name))
  const pgid = processGroup()
  return {
    time: host.now(),
    name: basename(host.executable),
    executable: host.executable,
    argv: withoutKey(host.args),
    ...(parsed.kind === 'call' ? { command: parsed.call.command } : {}),
    ...(runId === undefined ? {} : { run_id: runId }),
    script: selected.origin,
    cwd: host.cwd,
    env_names: names,
    env: Object.fromEntries(shown.map((name) => [name, host.env[name] ?? ''])),
    api_key: recordedKey(host, parsed),
    stdin: kindOfDescriptor(0),
    pid: host.pid,
    ppid: host.ppid,
    ...(pgid === undefined ? {} : { pgid }),
  }
}

/** The arguments with the value of `--api-key` taken out. */
function withoutKey(args: readonly string[]): readonly string[] {
  return args.map((arg, index) => {
    if (arg.startsWith('--api-key=')) return '--api-key=<redacted>'
    return args[index - 1] === '--api-key' ? '<redacted>' : arg
  })
}

function recordedKey(host: Host, parsed: ParseResult): RecordedKey | null {
  const given = parsed.kind === 'call' ? parsed.call.given.get('api-key')?.at(-1) : undefined
  const key = given?.value ?? host.env.WARP_API_KEY
  if (!key) return null
  return { source: given?.source ?? 'environment', fingerprint: fingerprint(key), length: key.length }
}

// Field 5 of /proc/self/stat, counted after the command's name, which may hold blanks (proc(5)).
function processGroup(): number | undefined {
  try {
    const stat = readFileSync('/proc/self/stat', 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2])
  } catch {
    return undefined
  }
}

/**
 * A 64-bit fingerprint (FNV-1a) of a key, as 16 hexadecimal digits: the same key has the same fingerprint. It is for
 * comparing in tests and is no security measure; loading real cryptography would cost a third of the start-up time.
 */
export function fingerprint(key: string): string {
  let hash = 0xcbf29ce484222325n
  for (const byte of Buffer.from(key)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n)
  return hash.toString(16).padStart(16, '0')
}
