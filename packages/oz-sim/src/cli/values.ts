const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  sec: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  hr: 3_600_000,
  d: 86_400_000,
}

/** Milliseconds of `30s`, `1m`, `1h 30m` or `250ms`; `undefined` when it is none. A unit is required, except for 0. */
export function durationMs(value: string): number | undefined {
  if (value.trim() === '0') return 0
  const compact = value.replace(/\s+/g, '')
  if (!/^(\d+[a-z]+)+$/.test(compact)) return undefined
  let total = 0
  for (const [, amount, unit] of compact.matchAll(/(\d+)([a-z]+)/g)) {
    const factor = UNITS[unit ?? '']
    if (factor === undefined) return undefined
    total += Number(amount) * factor
  }
  return total
}

export const durationProblem = (value: string): string | undefined =>
  durationMs(value) === undefined ? "expected a duration with a unit, such as '30s' or '1m'" : undefined

const LEVELS = ['view', 'edit']

/** What is wrong with a `--share` value: `team`, `public` or anything with `@`, and a level of `view` or `edit`. */
export function shareProblem(value: string): string | undefined {
  const colon = value.lastIndexOf(':')
  const who = colon === -1 ? value : value.slice(0, colon)
  const level = colon === -1 ? 'view' : value.slice(colon + 1)
  if (who === '') return "expected 'team', 'public' or an email address"
  if (who !== 'team' && who !== 'public' && !who.includes('@')) {
    return `'${who}' is no recipient: expected 'team', 'public' or an email address`
  }
  return LEVELS.includes(level) ? undefined : `unknown access level '${level}': expected 'view' or 'edit'`
}

/** What is wrong with a `--skill` value: `name`, `repo:name` or `org/repo:name`; no part may be empty. */
export function skillProblem(value: string): string | undefined {
  const colon = value.indexOf(':')
  const name = value.slice(colon + 1)
  if (name === '') return 'the name of the skill is empty'
  if (colon === -1) return undefined
  const repository = value.slice(0, colon).split('/')
  if (repository.some((part) => part === '')) return 'the repository of the skill has an empty part'
  return repository.length > 2 ? "expected 'name', 'repo:name' or 'org/repo:name'" : undefined
}

/** What is wrong with the form of an `--mcp` value: UUID, path, well-known id, or inline JSON, which must parse. */
export function mcpProblem(value: string): string | undefined {
  if (value.trim() === '') return 'expected a UUID, the path of a JSON file, a well-known id or inline JSON'
  if (!value.trimStart().startsWith('{')) return undefined
  try {
    JSON.parse(value)
    return undefined
  } catch (error) {
    return `the inline JSON does not parse: ${error instanceof Error ? error.message : String(error)}`
  }
}
