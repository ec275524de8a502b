import type { Milliseconds } from '../contract/duration.ts'
import { formatDuration } from '../contract/duration.ts'
import type { RunnerError } from '../errors.ts'
import type { Clock } from '../ports.ts'

/** A failure that the next try may not meet. When no try is left, `failure` is what the step ends with. */
export class TransientError extends Error {
  override readonly name = 'TransientError'
  readonly failure: RunnerError
  /** How long the server asks us to wait. */
  readonly retryAfter: Milliseconds | undefined
  /** Fewer tries than usual, where each costs long and rarely helps. */
  readonly maxTries: number

  constructor(
    failure: RunnerError,
    options: { retryAfter?: Milliseconds | undefined; maxTries?: number } = {},
  ) {
    super(failure.message, { cause: failure })
    this.failure = failure
    this.retryAfter = options.retryAfter
    this.maxTries = options.maxTries ?? Number.POSITIVE_INFINITY
  }
}

export interface RetryOptions {
  readonly clock: Pick<Clock, 'sleep'>
  readonly tries: number
  readonly signal?: AbortSignal | undefined
  /** Told before each wait. */
  readonly onWait: (line: string) => void
  /** From 0 to below 1; for tests. */
  readonly random?: () => number
}

const FIRST_WAIT: Milliseconds = 1_000
const LONGEST_WAIT: Milliseconds = 15_000
/** Waiting longer than this for a server is the CI's business, not ours. */
export const LONGEST_RETRY_AFTER: Milliseconds = 60_000

/**
 * Tries a task again while it throws `TransientError`, with waits that double and are spread by chance.
 * This is no library's work: p-retry, say, waits by a timer of its own, and cannot wait as long as `Retry-After` asks.
 */
export async function withRetries<Result>(
  task: () => Promise<Result>,
  { clock, tries, signal, onWait, random = Math.random }: RetryOptions,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await task()
    } catch (error) {
      if (!(error instanceof TransientError)) throw error
      const most = Math.min(tries, error.maxTries)
      if (attempt >= most || signal?.aborted || (error.retryAfter ?? 0) > LONGEST_RETRY_AFTER)
        throw error.failure
      const wait = error.retryAfter ?? backoff(attempt, random())
      onWait(`${error.message} Trying again in ${formatDuration(wait)} (${attempt} of ${most - 1}).`)
      await clock.sleep(wait, signal)
    }
  }
}

/** Milliseconds to wait after the given try (the first is 1): doubling, and between half and all of it by chance. */
export function backoff(attempt: number, chance: number): Milliseconds {
  const full = Math.min(FIRST_WAIT * 2 ** (attempt - 1), LONGEST_WAIT)
  return Math.round(full * (0.5 + chance / 2))
}

/** `Retry-After` in milliseconds: seconds or a date. https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
export function readRetryAfter(value: string | undefined, now: number): Milliseconds | undefined {
  if (value === undefined) return undefined
  if (/^\s*\d+\s*$/.test(value)) return Number(value) * 1000
  const date = Date.parse(value)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}
