import type { WindDown } from '../ci.ts'
import type { Milliseconds } from '../contract/duration.ts'
import type { Ports, StopSignal } from '../ports.ts'

/** Why a run has to stop. */
export type StopReason =
  /** The CI ends the job, or whoever else sent the signal. */
  | { readonly kind: 'cancelled'; readonly signal: StopSignal; readonly by?: string }
  /** The deadline of `timeout`. */
  | { readonly kind: 'deadline' }
  /** No sign of life within `startup_timeout`. */
  | { readonly kind: 'startup-timeout' }

/** What `Stop.signal` aborts with, and what work that is given up rejects with. */
export class Stopped extends Error {
  override readonly name = 'Stopped'
  readonly reason: StopReason
  /** What the step was doing, as the end of a sentence: `while the CLI was downloaded`. */
  readonly during: string | undefined

  constructor(reason: StopReason, during?: string) {
    super(`told to stop: ${reason.kind}`)
    this.reason = reason
    this.during = during
  }
}

/** The one place that knows whether, why and how urgently a step has to stop. The first reason counts. */
export interface Stop {
  /** Aborts at the first reason to stop; its `reason` is a `Stopped`. */
  readonly signal: AbortSignal
  /** Aborts when the agent must be killed at once: at a second signal of the CI, or when `cancelGrace` is over. */
  readonly hurry: AbortSignal
  /** Resolves with the first reason. */
  readonly requested: Promise<StopReason>
  /** The first reason so far. */
  reason(): StopReason | undefined
  /** From asking the agent to stop until it is killed. */
  grace(): Milliseconds
  /** Waits for the work, or rejects with `Stopped` as soon as there is a reason to stop. */
  race<T>(work: Promise<T>): Promise<T>
  /** Throws `Stopped` if there is a reason by now. */
  check(): void
  /** Stops at that reading of `clock.elapsed()`; replaces an earlier deadline. */
  setDeadline(at: Milliseconds): void
  /** Stops after a time (0: never), unless the agent has shown a sign of life by then. */
  watchStartup(timeout: Milliseconds, isAlive: () => boolean): void
  /** The agent has ended by itself: from here on only the CI's signals count. */
  clearTimers(): void
  /** Nobody listens any longer. */
  end(): void
}

/**
 * Listens to the CI's signals, those included that came before, and to the deadlines that are set. A first signal of
 * the CI asks to stop; a second one, of any kind, ends the patience. A first signal while the agent stops for another
 * reason leaves it at most `cancelGrace`.
 */
export function createStop(
  windDown: WindDown,
  { clock, stop: signals }: Pick<Ports, 'clock' | 'stop'>,
): Stop {
  const stopping = new AbortController()
  const hurry = new AbortController()
  const timers: (() => void)[] = []
  let clearDeadline = () => {}
  let reason: StopReason | undefined
  let received = 0
  const requested = new Promise<StopReason>((resolve) => {
    stopping.signal.addEventListener('abort', () => reason !== undefined && resolve(reason), { once: true })
  })
  const rejected = requested.then((why): never => {
    throw new Stopped(why)
  })
  // Nobody may be racing at the moment of the signal.
  rejected.catch(() => {})
  const request = (why: StopReason): void => {
    if (reason !== undefined) return
    reason = why
    stopping.abort(new Stopped(why))
  }
  const clearTimers = (): void => {
    clearDeadline()
    for (const cancel of timers.splice(0)) cancel()
  }
  const stopListening = signals.listen((signal) => {
    received += 1
    if (received > 1) hurry.abort()
    else if (reason !== undefined) timers.push(clock.after(windDown.cancelGrace, () => hurry.abort()))
    const by = signal === 'SIGINT' ? windDown.interrupter : undefined
    request({ kind: 'cancelled', signal, ...(by === undefined ? {} : { by }) })
  })

  return {
    signal: stopping.signal,
    hurry: hurry.signal,
    requested,
    reason: () => reason,
    grace: () => (reason?.kind === 'cancelled' ? windDown.cancelGrace : windDown.deadlineGrace),
    race: (work) => Promise.race([rejected, work]),
    check() {
      if (reason !== undefined) throw new Stopped(reason)
    },
    setDeadline(at) {
      clearDeadline()
      const left = at - clock.elapsed()
      if (left <= 0) request({ kind: 'deadline' })
      else clearDeadline = clock.after(left, () => request({ kind: 'deadline' }))
    },
    watchStartup(timeout, isAlive) {
      if (timeout <= 0) return
      timers.push(clock.after(timeout, () => isAlive() || request({ kind: 'startup-timeout' })))
    },
    clearTimers,
    end() {
      stopListening()
      clearTimers()
    },
  }
}
