import type { Milliseconds } from '../contract/duration.ts'
import type { WindDown } from '../host.ts'
import type { Clock, StopSignals } from '../ports.ts'
import type { StopCause } from './stop-cause.ts'

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
