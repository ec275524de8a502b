import type { Clock } from '../ports.ts'

interface Timer {
  readonly at: number
  readonly fire: () => void
}

/** A clock that stands still until a test moves it. */
export class FakeClock implements Clock {
  #elapsed = 0
  readonly #started: number
  readonly #timers = new Set<Timer>()

  /** @param started what `now()` says before the clock is moved, in ms since 1970. */
  constructor(started = Date.UTC(2026, 0, 1)) {
    this.#started = started
  }

  now(): number {
    return this.#started + this.#elapsed
  }

  elapsed(): number {
    return this.#elapsed
  }

  /** How many timers wait; a finished piece of work should leave none. */
  get waiting(): number {
    return this.#timers.size
  }

  after(milliseconds: number, callback: () => void): () => void {
    const timer: Timer = { at: this.#elapsed + milliseconds, fire: callback }
    this.#timers.add(timer)
    return () => void this.#timers.delete(timer)
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve()
      const wake = (): void => {
        cancel()
        signal?.removeEventListener('abort', wake)
        resolve()
      }
      const cancel = this.after(milliseconds, wake)
      signal?.addEventListener('abort', wake)
    })
  }

  /** Moves the time on; each timer fires at its own moment, and what follows from it happens before the next. */
  async advance(milliseconds: number): Promise<void> {
    const until = this.#elapsed + milliseconds
    await settle()
    for (let timer = this.#next(until); timer !== undefined; timer = this.#next(until)) {
      this.#timers.delete(timer)
      this.#elapsed = Math.max(this.#elapsed, timer.at)
      timer.fire()
      await settle()
    }
    this.#elapsed = until
    await settle()
  }

  #next(until: number): Timer | undefined {
    const due = [...this.#timers].filter(({ at }) => at <= until)
    return due.sort((a, b) => a.at - b.at)[0]
  }
}

/** Lets every promise that can go on do so. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
