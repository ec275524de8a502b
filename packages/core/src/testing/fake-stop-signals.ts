import type { StopSignal, StopSignals } from '../ports.ts'

/** A CI that ends the job when the test says so. */
export class FakeStopSignals implements StopSignals {
  readonly #received: StopSignal[] = []
  readonly #listeners = new Set<(signal: StopSignal) => void>()

  /** How many listen; after a step nobody should. */
  get listening(): number {
    return this.#listeners.size
  }

  send(signal: StopSignal): void {
    this.#received.push(signal)
    for (const listener of [...this.#listeners]) listener(signal)
  }

  listen(callback: (signal: StopSignal) => void): () => void {
    const listener = (signal: StopSignal): void => callback(signal)
    for (const signal of this.#received) listener(signal)
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }
}
