import { fstatSync, readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import type { ParseResult } from '../cli/parse.ts'
import type { Host } from '../process-host.ts'
import type { Selected } from '../script/select.ts'
import type { CallStart, RecordedKey } from './calls.ts'

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

/** What a file descriptor is; `null-device` also for one that was closed (the runtime opens it again as such). */
export type DescriptorKind = 'null-device' | 'terminal' | 'pipe' | 'socket' | 'file' | 'other' | 'closed'

export function kindOfDescriptor(fd: number): DescriptorKind {
  try {
    const stat = fstatSync(fd)
    if (stat.isFIFO()) return 'pipe'
    if (stat.isSocket()) return 'socket'
    if (stat.isFile()) return 'file'
    if (!stat.isCharacterDevice()) return 'other'
    return stat.rdev === statSync('/dev/null', { throwIfNoEntry: false })?.rdev ? 'null-device' : 'terminal'
  } catch {
    return 'closed'
  }
}

/**
 * A 64-bit fingerprint (FNV-1a) of a key, as 16 hexadecimal digits: equal keys have equal ones, and a key cannot be told
 * from its own. Not for anything but comparing; loading real cryptography would cost a third of the start-up time.
 */
export function fingerprint(key: string): string {
  let hash = 0xcbf29ce484222325n
  for (const byte of Buffer.from(key)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n)
  return hash.toString(16).padStart(16, '0')
}
