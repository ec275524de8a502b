import { formatSeconds, type Milliseconds } from '../contract/duration.ts'
import type { Clock } from '../ports.ts'

/** Tells now and then that something which is silent still goes on. */
export interface Heartbeat {
  /** It has said something: this silence is over. */
  heard(): void
  /** It has ended. */
  end(): void
}

/** The first line of a silence. */
const FIRST: Milliseconds = 60_000
/** Between two lines of a long one. Some systems end a job whose log is silent for 10 minutes: https://circleci.com/docs/configuration-reference/#run */
const LONGEST: Milliseconds = 300_000

/**
 * Says after a minute of silence that it goes on, then after 2, 4, 8 minutes and every 5 more: few lines, however long.
 * @param what is missing: `No output` becomes `No output for 1m; running 2m.`
 */
export function startHeartbeat(
  what: string,
  say: (line: string) => void,
  clock: Pick<Clock, 'after' | 'elapsed'>,
): Heartbeat {
  const began = clock.elapsed()
  let silentSince = began
  let due = began + FIRST
  let cancel = () => {}
  const wait = (): void => {
    cancel = clock.after(due - clock.elapsed(), look)
  }
  // Output only moves what is due: a busy agent costs one timer a minute.
  const look = (): void => {
    const now = clock.elapsed()
    if (now >= due) {
      const silent = now - silentSince
      say(`${what} for ${formatSeconds(silent)}; running ${formatSeconds(now - began)}.`)
      due = now + Math.min(silent, LONGEST)
    }
    wait()
  }
  wait()
  return {
    heard() {
      silentSince = clock.elapsed()
      due = silentSince + FIRST
    },
    end: () => cancel(),
  }
}
