import type { CatchableSignal, Host } from '../host.ts'
import type { Reaction, Script } from '../script/schema.ts'

/** Why and how a run was told to stop. */
export interface Stop {
  readonly why: CatchableSignal | 'deadline'
  readonly reaction: Exclude<Reaction, string>
}

/** The agent stops this long before `WARP_SANDBOX_DEADLINE`. */
const DEADLINE_MARGIN_MS = 300_000

/**
 * Resolves when the run is told to stop: by SIGTERM or SIGINT, unless the script ignores them, or by the deadline of
 * its sandbox. `heard` is told of every signal, ignored ones included.
 */
export function toldToStop(host: Host, script: Script, heard: (signal: string) => void): Promise<Stop> {
  return new Promise((resolve) => {
    const listen = (why: CatchableSignal, reaction: Reaction): void => {
      if (reaction === 'die') return
      host.onSignal(why, () => {
        heard(why)
        if (reaction !== 'ignore') resolve({ why, reaction: reaction === 'exit-0' ? {} : reaction })
      })
    }
    listen('SIGTERM', script.on_sigterm ?? 'exit-0')
    listen('SIGINT', script.on_sigint ?? 'exit-0')
    const deadline = Number(host.env.WARP_SANDBOX_DEADLINE)
    if (deadline > 0) {
      void host
        .sleep(Math.max(0, deadline * 1000 - DEADLINE_MARGIN_MS - host.now()))
        .then(() =>
          resolve({ why: 'deadline', reaction: { say: 'Stopping: the time of the sandbox is up.' } }),
        )
    }
  })
}
