import { type CommandSpec, type GivenValue, type OptionSpec, signature } from './command.ts'

type Given = ReadonlyMap<string, readonly GivenValue[]>

/** What is wrong between options that are each good by themselves; the first problem, in clap's order. */
export function checkGiven(
  path: readonly CommandSpec[],
  options: readonly OptionSpec[],
  given: Given,
  positionals: readonly string[],
): string | undefined {
  const present = options.filter(({ long }) => given.has(long))
  return conflict(present) ?? missing(path, options, present, positionals)
}

function conflict(present: readonly OptionSpec[]): string | undefined {
  for (const option of present) {
    const other = present.find(({ long }) => option.conflicts?.includes(long))
    if (other) return `the argument '${signature(option)}' cannot be used with '${signature(other)}'`
  }
  return undefined
}

function missing(
  path: readonly CommandSpec[],
  options: readonly OptionSpec[],
  present: readonly OptionSpec[],
  positionals: readonly string[],
): string | undefined {
  const find = (long: string) => options.filter((option) => option.long === long).map(signature)
  const lacking = (long: string) => !present.some((option) => option.long === long)
  const required = path.flatMap((command) => command.required ?? []).filter(lacking)
  const needed = present.flatMap((option) => option.needs ?? []).filter(lacking)
  const last = path.at(-1)
  const wanted = [...required, ...needed].flatMap(find)
  if (last?.oneOf?.every(lacking)) wanted.push(`<${last.oneOf.flatMap(find).join('|')}>`)
  wanted.push(...(last?.positionals ?? []).slice(positionals.length).map((name) => `<${name}>`))
  return wanted.length === 0
    ? undefined
    : `the following required arguments were not provided:\n  ${wanted.join('\n  ')}`
}

// humantime's units, in seconds; those of the last three rows are shorter than one. https://docs.rs/humantime/latest/humantime/fn.parse_duration.html
const SECONDS: Readonly<Record<string, number>> = Object.fromEntries(
  (
    [
      ['s sec secs second seconds', 1],
      ['m min mins minute minutes', 60],
      ['h hr hrs hour hours', 3600],
      ['d day days', 86_400],
      ['w wk wks week weeks', 604_800],
      ['M month months', 2_630_016],
      ['y yr yrs year years', 31_557_600],
      ['ms msec millis', 1e-3],
      ['us usec micros', 1e-6],
      ['ns nsec nanos', 1e-9],
    ] as const
  ).flatMap(([names, seconds]) => names.split(' ').map((name) => [name, seconds])),
)

const LARGEST = 2n ** 64n - 1n

/** Milliseconds of `30s`, `1m`, `1h 30m` or `250ms`; `undefined` when it is none. Every number needs a unit, 0 too. */
export function durationMs(value: string): number | undefined {
  if (!/^\s*(\d[\d\s]*[a-zA-Z]+\s*)+$/.test(value)) return undefined
  let whole = 0n
  let total = 0
  for (const [, amount = '', unit = ''] of value.matchAll(/(\d[\d\s]*)([a-zA-Z]+)/g)) {
    const factor = SECONDS[unit]
    const count = BigInt(amount.replace(/\s+/g, ''))
    if (factor === undefined || count > LARGEST) return undefined
    if (factor >= 1) whole += count * BigInt(factor)
    total += Number(count) * factor * 1000
  }
  return whole > LARGEST ? undefined : total
}

export const durationProblem = (value: string): string | undefined =>
  durationMs(value) === undefined ? "expected a duration with a unit, such as '30s' or '1m'" : undefined

const LEVELS = ['view', 'edit']

/** What is wrong with a `--share` value: `team`, `public` or anything with `@`, and a level of `view` or `edit`. */
export function shareProblem(value: string): string | undefined {
  const colon = value.indexOf(':')
  const who = colon === -1 ? value : value.slice(0, colon)
  const level = colon === -1 ? 'view' : value.slice(colon + 1)
  if (who === '') return "expected 'team', 'public' or an email address"
  if (who !== 'team' && who !== 'public' && !who.includes('@')) {
    return `'${who}' is no recipient: expected 'team', 'public' or an email address`
  }
  return LEVELS.includes(level) ? undefined : `unknown access level '${level}': expected 'view' or 'edit'`
}

/** What is wrong with a `--skill` value: `name`, `repo:name` or `org/repo:name`; no part may be blank. */
export function skillProblem(value: string): string | undefined {
  const colon = value.indexOf(':')
  if (isBlank(value.slice(colon + 1))) return 'the name of the skill is empty'
  if (colon === -1) return undefined
  // Only the first slash parts the organisation from the repository.
  const repository = value.slice(0, colon)
  const slash = repository.indexOf('/')
  const parts = slash === -1 ? [repository] : [repository.slice(0, slash), repository.slice(slash + 1)]
  return parts.some(isBlank) ? 'the repository of the skill has an empty part' : undefined
}

const isBlank = (text: string): boolean => text.trim() === ''

const UUID = /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i

export const uuidProblem = (value: string): string | undefined =>
  isUuid(value) ? undefined : 'expected a UUID'

/** A UUID, in braces or not. */
export const isUuid = (value: string): boolean => UUID.test(value.replace(/^\{(.*)\}$/, '$1'))

/** What is wrong with a jq filter, as far as that can be seen without jq: it is blank, or a bracket has no partner. */
export function jqProblem(value: string): string | undefined {
  const code = value.replace(/"(?:\\.|[^"\\])*"/g, '""').replace(/#.*/g, '')
  const open: string[] = []
  for (const char of code) {
    if ('([{'.includes(char)) open.push(')]}'['([{'.indexOf(char)] ?? '')
    else if (')]}'.includes(char) && open.pop() !== char) return `'${char}' closes nothing`
  }
  if (isBlank(code)) return 'expected a jq filter'
  return open.length > 0 ? `'${open.at(-1)}' is missing` : undefined
}
