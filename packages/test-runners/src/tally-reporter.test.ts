import { expect, test } from 'vitest'
import { renderTally } from './tally-reporter.ts'

test('a tally is one plain line that a script can read', () => {
  expect(renderTally({ passed: 12, failed: 0, skipped: 3 })).toBe('12 passed, 0 failed, 3 skipped')
})
