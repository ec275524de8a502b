import { describe, expect, test } from 'vitest'
import { RunnerError } from '../errors.ts'
import type { CloudRun } from './runs.ts'
import { awaitCloudRun, waitBefore } from './runs.ts'

/** Answers in turn, without waiting; the last one repeats. */
function looking(...answers: (CloudRun | RunnerError)[]) {
  const stop = new AbortController()
  const waits: number[] = []
  const seen: string[] = []
  const troubles: string[] = []
  let looks = 0
  const end = awaitCloudRun({
    look: async () => {
      const answer = answers[Math.min(looks++, answers.length - 1)]
      if (answer === undefined || answer instanceof RunnerError) throw answer
      return answer
    },
    onSeen: (run) => void seen.push(run.state),
    onTrouble: (error) => void troubles.push(error.message),
    clock: {
      sleep: async (milliseconds) => {
        waits.push(milliseconds)
        if (waits.length === 100) stop.abort()
      },
    },
    signal: stop.signal,
    chance: () => 0.5,
  })
  return { end, waits, seen, troubles }
}

const state = (state: string): CloudRun => ({ state })
const passing = new RunnerError('temporary', 'no network')

describe('waiting for a cloud run', () => {
  test('ends with its last state, and tells each on the way', async () => {
    const wait = looking(state('QUEUED'), state('INPROGRESS'), state('SUCCEEDED'))
    expect(await wait.end).toEqual(state('SUCCEEDED'))
    expect(wait.seen).toEqual(['QUEUED', 'INPROGRESS', 'SUCCEEDED'])
  })

  test('goes on after looks that fail for a passing reason', async () => {
    const wait = looking(passing, passing, state('FAILED'))
    expect(await wait.end).toEqual(state('FAILED'))
    expect(wait.troubles).toHaveLength(2)
  })

  test('gives up after ten such looks in a row', async () => {
    const wait = looking(passing)
    await expect(wait.end).rejects.toBe(passing)
    expect(wait.troubles).toHaveLength(9)
  })

  test('gives up at once when looking is not permitted', async () => {
    const refused = new RunnerError('not-permitted', 'no')
    await expect(looking(refused).end).rejects.toBe(refused)
  })

  test('ends with what it saw last when it is told to stop', async () => {
    expect(await looking(state('INPROGRESS')).end).toEqual(state('INPROGRESS'))
  })

  test('looks ever less often, at most every 36 seconds', () => {
    expect([0, 1, 2].map((look) => waitBefore(look, 0.5))).toEqual([3000, 4200, 5880])
    expect(waitBefore(1000, 0.999)).toBeLessThanOrEqual(36_000)
    expect(waitBefore(0, 0)).toBe(2400)
  })
})
