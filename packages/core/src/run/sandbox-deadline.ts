import type { Milliseconds } from '../contract/duration.ts'
import type { Clock } from '../ports.ts'

/** Read by the CLI: Unix seconds; the agent stops by itself five minutes before. */
export const SANDBOX_DEADLINE_VARIABLE = 'WARP_SANDBOX_DEADLINE'

const AGENT_MARGIN: Milliseconds = 5 * 60_000
/** After our own deadline, so that we and not the agent end a run that is out of time. */
const SLACK: Milliseconds = 30_000
const SHORTEST_LIMIT: Milliseconds = 10 * 60_000

/**
 * The value of `WARP_SANDBOX_DEADLINE` for a run with a deadline; undefined where it should not be set.
 *
 * It is a second net, not the first: the agent would stop by itself half a minute *after* our deadline, which
 * matters only when nobody is left to stop it (the step was killed and no later step cleans up). Were its own
 * moment the earlier one, it would end with 0 at half its work, and that would read as success.
 * Limits under ten minutes are left alone: should a release use a larger margin, it would stop the agent at once.
 */
export function sandboxDeadline(timeoutAt: Milliseconds | undefined, clock: Clock): string | undefined {
  if (timeoutAt === undefined) return undefined
  const left = timeoutAt - clock.elapsed()
  if (left < SHORTEST_LIMIT) return undefined
  return String(Math.ceil((clock.now() + left + SLACK + AGENT_MARGIN) / 1000))
}
