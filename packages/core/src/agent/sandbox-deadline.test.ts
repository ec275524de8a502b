import { expect, test } from 'vitest'
import { FakeClock } from '../testing/index.ts'
import { sandboxDeadline } from './environment.ts'

const minutes = (count: number) => count * 60_000

test.each([
  { name: 'no deadline', timeoutAt: undefined, expected: undefined },
  { name: 'a limit under ten minutes', timeoutAt: minutes(9), expected: undefined },
  { name: 'a deadline that has passed', timeoutAt: -1, expected: undefined },
  { name: 'ten minutes', timeoutAt: minutes(10), expected: 600 + 300 + 30 },
  { name: 'an hour', timeoutAt: minutes(60), expected: 3600 + 300 + 30 },
])('the agent stops by itself only after our own deadline: $name', ({ timeoutAt, expected }) => {
  const clock = new FakeClock(1_000_000_000_000)
  const value = expected === undefined ? undefined : String(1_000_000_000 + expected)
  expect(sandboxDeadline(timeoutAt, clock)).toBe(value)
})

test('counts from now, not from the start of the step', async () => {
  const clock = new FakeClock(1_000_000_000_000)
  await clock.advance(minutes(30))
  expect(sandboxDeadline(minutes(60), clock)).toBe(String(1_000_000_000 + 3600 + 330))
})
