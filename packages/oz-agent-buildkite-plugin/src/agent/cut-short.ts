import type { Milliseconds, Ports } from '@oz-agent/core'

/**
 * For a call that is under way when the job is cancelled: aborts so long after the signal. Calls that begin later
 * have limits of their own.
 */
export function cutShort(grace: Milliseconds, { stop, clock }: Pick<Ports, 'stop' | 'clock'>) {
  const late = new AbortController()
  let forgetTimer = () => {}
  const forgetSignal = stop.listen(() => {
    forgetTimer()
    forgetTimer = clock.after(grace, () => late.abort())
  })
  return {
    signal: late.signal,
    /** To be called when the call is over. */
    forget(): void {
      forgetSignal()
      forgetTimer()
    },
  }
}
