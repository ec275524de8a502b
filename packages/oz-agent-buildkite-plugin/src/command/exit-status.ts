import { constants } from 'node:os'
import type { ExitStatus } from '@oz-agent/core'

/** What the agent uses for its own failures: a step that ends with it is not taken for one that ran. */
const RESERVED = 125
const OTHERWISE = 1

/** A process's end as a shell tells it: 128 + the signal's number when one ended it. */
export function exitStatusOf(exit: ExitStatus): number {
  return exit.kind === 'code' ? exit.code : 128 + (constants.signals[exit.signal] ?? 0)
}

/** The status that a hook may end with: all but the one that the agent keeps for itself. */
export function hookStatus(status: number): number {
  return status === RESERVED ? OTHERWISE : status
}
