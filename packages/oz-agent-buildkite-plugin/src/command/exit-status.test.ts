import { expect, it } from 'vitest'
import { exitStatusOf, hookStatus } from './exit-status.ts'

it.each([
  ['a status', { kind: 'code', code: 7 }, 7],
  ['SIGKILL', { kind: 'signal', signal: 'SIGKILL' }, 137],
  ['SIGTERM', { kind: 'signal', signal: 'SIGTERM' }, 143],
] as const)('%s', (_, exit, status) => {
  expect(exitStatusOf(exit)).toBe(status)
})

it('never is the status that the agent keeps for itself', () => {
  expect([0, 1, 124, 125, 143].map(hookStatus)).toEqual([0, 1, 124, 1, 143])
})
