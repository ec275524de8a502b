import type { Clock } from '../ports.ts'

/** Waits for a promise for at most so many ms, or until the signal aborts; says whether the promise came first. */
export async function within(
  promise: Promise<unknown>,
  milliseconds: number,
  clock: Clock,
  signal?: AbortSignal,
): Promise<boolean> {
  const done = new AbortController()
  const either = signal === undefined ? done.signal : AbortSignal.any([done.signal, signal])
  try {
    return await Promise.race([promise.then(() => true), clock.sleep(milliseconds, either).then(() => false)])
  } finally {
    // Else the timer would keep this process alive for the rest of its time.
    done.abort()
  }
}
