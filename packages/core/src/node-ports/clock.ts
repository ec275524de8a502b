import { setTimeout as delay } from 'node:timers/promises'
import type { Clock } from '../ports.ts'

/** Node runs a longer delay at once, so it is taken in parts. */
const LONGEST_DELAY = 2_147_483_647

/** The machine's clock. */
export function createNodeClock(): Clock {
  return {
    now: () => Date.now(),
    elapsed: () => performance.now(),
    after,
    async sleep(milliseconds, signal) {
      try {
        await delay(milliseconds, undefined, signal === undefined ? {} : { signal })
      } catch {
        // Aborted: the caller asked for exactly that.
      }
    },
  }
}

function after(milliseconds: number, callback: () => void): () => void {
  let timer: NodeJS.Timeout
  const wait = (left: number): void => {
    const part = Math.min(Math.max(left, 0), LONGEST_DELAY)
    timer = setTimeout(() => (left > part ? wait(left - part) : callback()), part)
    timer.unref()
  }
  wait(milliseconds)
  return () => clearTimeout(timer)
}
