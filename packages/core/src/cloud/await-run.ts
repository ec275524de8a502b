import type { Milliseconds } from '../contract/duration.ts'
import { RunnerError } from '../errors.ts'
import type { Clock } from '../ports.ts'
import { type CloudRun, hasEnded } from './cloud-run.ts'

const FIRST_WAIT: Milliseconds = 3_000
const LONGEST_WAIT: Milliseconds = 30_000
/** Looks in a row that may fail for a passing reason: with the waits between them, about four minutes. */
const FAILURES_IN_A_ROW = 10

/** How long to wait before the next look; `chance` in [0, 1) spreads looks of many jobs apart. */
export function waitBefore(look: number, chance: number): Milliseconds {
  const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 1.4 ** look)
  return Math.round(wait * (0.8 + 0.4 * chance))
}

interface AwaitOptions {
  look(): Promise<CloudRun>
  /** Called with every look that succeeded. */
  onSeen(run: CloudRun): void | Promise<void>
  /** Called with every look that failed and will be repeated. */
  onTrouble(error: RunnerError): void
  readonly clock: Pick<Clock, 'sleep'>
  readonly signal: AbortSignal
  readonly chance?: () => number
}

/**
 * Waits until a cloud run has ended or waits for a person, looking ever less often.
 * Rejects when looking fails for good; returns the last that was seen when the signal aborts the wait.
 */
export async function awaitCloudRun(options: AwaitOptions): Promise<CloudRun | undefined> {
  const { clock, signal, chance = Math.random } = options
  let seen: CloudRun | undefined
  let failures = 0
  for (let look = 0; !signal.aborted; look++) {
    try {
      seen = await options.look()
      failures = 0
      await options.onSeen(seen)
      if (hasEnded(seen)) return seen
    } catch (error) {
      const passing = error instanceof RunnerError && error.code === 'temporary'
      if (!passing || ++failures >= FAILURES_IN_A_ROW) throw error
      options.onTrouble(error)
    }
    await clock.sleep(waitBefore(look, chance()), signal)
  }
  return seen
}
