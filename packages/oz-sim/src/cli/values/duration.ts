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
