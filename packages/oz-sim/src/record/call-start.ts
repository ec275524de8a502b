import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { ParseResult } from '../cli/parse.ts'
import type { Host } from '../host.ts'
import type { Selected } from '../script/select.ts'
import type { CallStart, RecordedKey } from './call.ts'
import { kindOfDescriptor } from './descriptor.ts'
import { fingerprint } from './fingerprint.ts'

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
