/** A length of time in milliseconds; `0` stands for "none" where an input allows that. */
export type Milliseconds = number

const UNITS: Record<string, Milliseconds> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }
const PART = /(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)/gy

/** The longest delay that a Node timer takes (2^31 - 1 ms, about 24.8 days). */
export const LONGEST_DURATION: Milliseconds = 2_147_483_647

/**
 * Reads `30m`, `90s`, `1h30m`, `0`; a bare number is minutes.
 * Returns undefined when the text is no duration.
 */
export function parseDuration(text: string): Milliseconds | undefined {
  const trimmed = text.trim().toLowerCase()
  if (/^\d+(\.\d+)?$/.test(trimmed)) return wholeMilliseconds(Number(trimmed) * 60_000)
  let total = 0
  let end = 0
  PART.lastIndex = 0
  for (let match = PART.exec(trimmed); match !== null; match = PART.exec(trimmed)) {
    total += Number(match[1]) * (UNITS[match[2] ?? ''] ?? 0)
    end = PART.lastIndex
    while (trimmed[end] === ' ') PART.lastIndex = ++end
  }
  return end > 0 && end === trimmed.length ? wholeMilliseconds(total) : undefined
}

/** Rounded, but never down to 0: that would turn a very short limit into none. */
function wholeMilliseconds(duration: number): Milliseconds {
  return duration > 0 ? Math.max(1, Math.round(duration)) : 0
}

/** `5400000` → `1h30m`, `1500` → `1s500ms`; for messages and for flags of the CLI, which take the same form. */
export function formatDuration(duration: Milliseconds): string {
  const whole = Math.round(duration)
  if (whole === 0) return '0s'
  const parts = [
    [Math.floor(whole / 3_600_000), 'h'],
    [Math.floor((whole % 3_600_000) / 60_000), 'm'],
    [Math.floor((whole % 60_000) / 1000), 's'],
    [whole % 1000, 'ms'],
  ] as const
  return parts
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount}${unit}`)
    .join('')
}

/** The same in whole seconds, for what was measured. */
export function formatSeconds(duration: Milliseconds): string {
  return formatDuration(Math.round(duration / 1000) * 1000)
}
