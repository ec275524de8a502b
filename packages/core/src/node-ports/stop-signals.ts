import type { StopSignal, StopSignals } from '../ports.ts'

/** A closed terminal or connection ends the job as well. */
const MEANING = {
  SIGINT: 'SIGINT',
  SIGTERM: 'SIGTERM',
  SIGHUP: 'SIGTERM',
} as const satisfies Partial<Record<NodeJS.Signals, StopSignal>>

/**
 * From this call on the signals that end a job no longer end this process: they are kept for whoever listens,
 * now or later, so that a signal at any moment of a step still lets it write its results.
 */
export function collectStopSignals(): StopSignals {
  const received: StopSignal[] = [...earlySignals()]
  const listeners = new Set<(signal: StopSignal) => void>()
  for (const [name, meaning] of Object.entries(MEANING)) {
    process.on(name, () => {
      received.push(meaning)
      for (const listener of [...listeners]) listener(meaning)
    })
  }
  return {
    listen(callback) {
      const listener = (signal: StopSignal): void => callback(signal)
      for (const signal of received) listener(signal)
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

/** What came while the program was still being loaded; the few lines that start a bundle keep it under this symbol. */
function earlySignals(): readonly StopSignal[] {
  const kept: unknown = Reflect.get(globalThis, Symbol.for('oz-agent.early-signals'))
  return Array.isArray(kept) ? kept.filter((signal) => signal === 'SIGINT' || signal === 'SIGTERM') : []
}
