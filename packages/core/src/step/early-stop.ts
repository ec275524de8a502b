import type { Milliseconds } from '../contract/duration.ts'
import type { Ports } from '../ports.ts'
import type { StopCause } from '../run/stop-cause.ts'

/** Thrown when a step is told to stop before its agent runs. */
export class EarlyStop extends Error {
  override readonly name = 'EarlyStop'
  readonly stop: StopCause

  constructor(stop: StopCause) {
    super(`stopped before the agent ran: ${stop.kind}`)
    this.stop = stop
  }
}

/** Watches for the first reason to stop, from the very start of the step. */
export interface StopWatch {
  /** Waits for the work, or rejects with EarlyStop as soon as there is a reason to stop. */
  race<T>(work: Promise<T>): Promise<T>
  /** Throws EarlyStop if there is a reason by now. */
  check(): void
  /** Starts the deadline once it is known, counted from now. */
  setDeadline(remaining: Milliseconds): void
  /** Ends the watch: from here on somebody else listens. */
  end(): void
}

export function watchForStop({ stop, clock }: Pick<Ports, 'stop' | 'clock'>): StopWatch {
  let cause: StopCause | undefined
  let reject: (reason: EarlyStop) => void = () => {}
  let forgetDeadline = () => {}
  const stopped = new Promise<never>((_, rejectStopped) => {
    reject = rejectStopped
  })
  // Nobody may be racing at the moment of the signal.
  stopped.catch(() => {})
  const stopFor = (reason: StopCause) => {
    cause ??= reason
    reject(new EarlyStop(cause))
  }
  const forgetSignals = stop.listen((signal) => stopFor({ kind: 'cancelled', signal }))
  return {
    race: (work) => Promise.race([stopped, work]),
    check: () => {
      if (cause !== undefined) throw new EarlyStop(cause)
    },
    setDeadline: (remaining) => {
      forgetDeadline()
      forgetDeadline = clock.after(remaining, () => stopFor({ kind: 'deadline' }))
    },
    end: () => {
      forgetDeadline()
      forgetSignals()
    },
  }
}
