import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SHORTEST_JOB, shareOut, timeoutProblem } from './options.ts'

test.for([
  ['an hour', 60, 56, 2],
  ['the shortest job', 5, 3, 1],
  ['ten minutes', 10, 6, 2],
] as const)('%s is shared out', ([, job, script, afterScript]) => {
  const minute = 60_000
  expect(shareOut(job * minute)).toEqual({
    job: job * minute,
    script: script * minute,
    afterScript: afterScript * minute,
  })
})

test('whatever the job’s time, its parts fit', () => {
  fc.assert(
    fc.property(fc.integer({ min: SHORTEST_JOB, max: 30 * 86_400_000 }), (job) => {
      expect(timeoutProblem(shareOut(job))).toBeUndefined()
    }),
  )
})
