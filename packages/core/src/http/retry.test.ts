import { describe, expect, test } from 'vitest'
import { RunnerError } from '../errors.ts'
import { backoff, readRetryAfter, TransientError, withRetries } from './retry.ts'

const failure = new RunnerError('temporary', 'It broke.')

function trying(errors: readonly unknown[], options: { tries?: number; signal?: AbortSignal } = {}) {
  const waits: number[] = []
  const lines: string[] = []
  const left = [...errors]
  const clock = {
    async sleep(milliseconds: number) {
      waits.push(milliseconds)
    },
  }
  const result = withRetries(
    async () => {
      const error = left.shift()
      if (error !== undefined) throw error
      return 'done'
    },
    { clock, tries: 4, random: () => 1, onWait: (line) => lines.push(line), ...options },
  )
  return { result, waits, lines }
}

describe('withRetries', () => {
  test('waits twice as long each time, and says so', async () => {
    const { result, waits, lines } = trying([new TransientError(failure), new TransientError(failure)])
    expect(await result).toBe('done')
    expect(waits).toEqual([1000, 2000])
    expect(lines).toEqual([
      'It broke. Trying again in 1s (1 of 3).',
      'It broke. Trying again in 2s (2 of 3).',
    ])
  })

  test('ends with the failure when no try is left', async () => {
    const { result, waits } = trying(Array(9).fill(new TransientError(failure)))
    await expect(result).rejects.toBe(failure)
    expect(waits).toHaveLength(3)
  })

  test.each([
    { name: 'another error', error: failure, waits: 0 },
    { name: 'a bug', error: new TypeError('x'), waits: 0 },
    {
      name: 'a server that asks for too long',
      error: new TransientError(failure, { retryAfter: 60_001 }),
      waits: 0,
    },
    { name: 'an error that allows two tries', error: new TransientError(failure, { maxTries: 2 }), waits: 1 },
  ])('gives up early on $name', async ({ error, waits }) => {
    const run = trying(Array(9).fill(error))
    await expect(run.result).rejects.toBe(error instanceof TransientError ? failure : error)
    expect(run.waits).toHaveLength(waits)
  })

  test('counts only the tries that an error allows', async () => {
    const { result, lines } = trying(Array(9).fill(new TransientError(failure, { maxTries: 2 })))
    await expect(result).rejects.toBe(failure)
    expect(lines).toEqual(['It broke. Trying again in 1s (1 of 1).'])
  })

  test('gives up when the job is cancelled', async () => {
    const { result, waits } = trying([new TransientError(failure)], { signal: AbortSignal.abort() })
    await expect(result).rejects.toBe(failure)
    expect(waits).toEqual([])
  })
})

test.each([
  { attempt: 1, chance: 0, wait: 500 },
  { attempt: 1, chance: 1, wait: 1000 },
  { attempt: 3, chance: 0.5, wait: 3000 },
  { attempt: 20, chance: 1, wait: 15_000 },
])('backoff after try $attempt by chance $chance is $wait ms', ({ attempt, chance, wait }) => {
  expect(backoff(attempt, chance)).toBe(wait)
})

const NOW = Date.parse('2026-08-19T08:00:00Z')
test.each([
  { name: 'none', value: undefined, wait: undefined },
  { name: 'seconds', value: '120', wait: 120_000 },
  { name: 'a date', value: 'Wed, 19 Aug 2026 08:00:30 GMT', wait: 30_000 },
  { name: 'a date that is over', value: 'Wed, 19 Aug 2026 07:00:00 GMT', wait: 0 },
  { name: 'nonsense', value: 'soon', wait: undefined },
])('Retry-After: $name', ({ value, wait }) => {
  expect(readRetryAfter(value, NOW)).toBe(wait)
})
