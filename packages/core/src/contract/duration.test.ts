import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatDuration, LONGEST_DURATION, parseDuration } from './duration.ts'
import { INPUTS } from './inputs.ts'

describe('parseDuration', () => {
  const ROWS: Record<string, [string, number | undefined]> = {
    'a bare number is minutes': ['30', 1_800_000],
    'a fraction of a minute': ['1.5', 90_000],
    'zero is none': ['0', 0],
    'zero with a unit': ['0s', 0],
    milliseconds: ['250ms', 250],
    seconds: ['90s', 90_000],
    minutes: ['30m', 1_800_000],
    hours: ['2h', 7_200_000],
    days: ['1d', 86_400_000],
    'several units': ['1h30m', 5_400_000],
    'several units with spaces, as GitLab writes them': ['1h 30m', 5_400_000],
    'a space before the unit': ['30 m', 1_800_000],
    'a fraction of an hour': ['1.5h', 5_400_000],
    'upper case': ['2H', 7_200_000],
    'space around it': [' 5m ', 300_000],
    'too short to be told from none': ['0.0001ms', 1],
    'no number': ['m', undefined],
    'a negative number': ['-5m', undefined],
    'a sign': ['+5m', undefined],
    'an unknown unit': ['5w', undefined],
    'a word': ['30 minutes', undefined],
    'a number after the units': ['1h30', undefined],
    'a comma for a point': ['1,5h', undefined],
    'an exponent': ['1e3', undefined],
    'a clock': ['01:30:00', undefined],
    'ISO 8601': ['PT30M', undefined],
    infinity: ['Infinity', undefined],
    nothing: ['', undefined],
    'a dot alone': ['.', undefined],
    'trailing junk': ['5m!', undefined],
  }
  test.each(Object.entries(ROWS))('%s', (_, [text, expected]) => {
    expect(parseDuration(text)).toBe(expected)
  })
})

test('an input says which durations it takes', () => {
  const told = (text: string) => {
    const checked = INPUTS.timeout.schema.safeParse(text)
    return checked.error?.issues[0]?.message
  }
  expect(told('soon')).toBe(
    'expected a duration such as 30m, 90s or 1h30m (a bare number is minutes, 0 is none), got "soon"',
  )
  expect(told('25d')).toBe('expected at most 596h31m23s647ms, got "25d"')
  expect(told('9'.repeat(400))).toMatch(/^expected at most .*…"$/)
})

test('a formatted duration is read back as the same one', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: LONGEST_DURATION }), (duration) => {
      expect(parseDuration(formatDuration(duration))).toBe(duration)
    }),
  )
})

test('a limit above zero never becomes none', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-7, max: 10, noNaN: true }), (amount) => {
      expect(parseDuration(`${amount.toFixed(10)}ms`)).toBeGreaterThan(0)
    }),
  )
})

test('a long text is refused in linear time', () => {
  expect(parseDuration(`${'1h'.repeat(50_000)}x`)).toBeUndefined()
})
