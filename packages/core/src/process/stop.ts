import type { StopCause } from '../agent/outcome.ts'
import type { WindDown } from '../ci.ts'
import type { Milliseconds } from '../contract/duration.ts'
import type { Clock, Ports, StopSignals } from '../ports.ts'

export interface StopOrderRequest {
  /** Reading of `clock.elapsed()` at which the deadline passes. */
  readonly timeoutAt: Milliseconds | undefined
  readonly windDown: WindDown
}

/** Whether, why and how urgently the agent has to stop. The first cause counts. */
export interface StopOrder {
  cause(): StopCause | undefined
  /** Resolves when there is a cause. */
  readonly given: Promise<StopCause>
  /** Aborts when no more time may be spent on asking. */
  readonly hurry: AbortSignal
  /** From asking the agent until it is killed. */
  grace(): Milliseconds
  /** Gives the order after a time (0: never), unless the agent has shown a sign of life by then. */
  watchStartup(timeout: Milliseconds, isAlive: () => boolean): void
  /** The agent has ended by itself: from now on no deadline matters, only the CI's signals do. */
  disarm(): void
  end(): void
}

/**
 * Listens to the CI's signals and to the deadline. A first signal asks the agent to stop; a second one, of any kind,
 * ends the patience. A first signal while the agent stops for another cause leaves it at most `cancelGrace`.
 */
export function createStopOrder(request: StopOrderRequest, clock: Clock, signals: StopSignals): StopOrder {
  const { timeoutAt, windDown } = request
  const hurry = new AbortController()
  const timers: (() => void)[] = []
  let cause: StopCause | undefined
  let received = 0
  let resolve: (cause: StopCause) => void = () => {}
  const given = new Promise<StopCause>((resolved) => {
    resolve = resolved
  })
  const give = (given: StopCause): void => {
    if (cause !== undefined) return
    cause = given
    resolve(given)
  }
  const disarm = (): void => {
    for (const cancel of timers.splice(0)) cancel()
  }

  const deafen = signals.listen((signal) => {
    received += 1
    if (received > 1) hurry.abort()
    else if (cause !== undefined) timers.push(clock.after(windDown.cancelGrace, () => hurry.abort()))
    give({ kind: 'cancelled', signal })
  })
  if (timeoutAt !== undefined) {
    const left = timeoutAt - clock.elapsed()
    if (left <= 0) give({ kind: 'deadline' })
    else timers.push(clock.after(left, () => give({ kind: 'deadline' })))
  }

  return {
    cause: () => cause,
    given,
    hurry: hurry.signal,
    grace: () => (cause?.kind === 'cancelled' ? windDown.cancelGrace : windDown.deadlineGrace),
    watchStartup(timeout, isAlive) {
      if (timeout <= 0) return
      timers.push(clock.after(timeout, () => isAlive() || give({ kind: 'startup-timeout' })))
    },
    disarm,
    end() {
      deafen()
      disarm()
    },
  }
}

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
