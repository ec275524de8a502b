import type { ExitStatus } from '../ports.ts'
import type { StopCause } from './stop-cause.ts'

/** What `report-shutdown` is told of a run that did not end well; the CLI takes both or neither. */
export interface CloseReason {
  readonly category: 'process_exit' | 'timeout' | 'oom'
  readonly message: string
}

/** Why a run is over; undefined when it ended by itself with 0. */
export function closeReason(
  exit: ExitStatus | undefined,
  stop: StopCause | undefined,
): CloseReason | undefined {
  switch (stop?.kind) {
    case 'cancelled':
      return { category: 'process_exit', message: `The CI job was cancelled (${stop.signal}).` }
    case 'deadline':
      return { category: 'timeout', message: 'The time limit of the CI step passed.' }
    case 'startup-timeout':
      return { category: 'timeout', message: 'The agent showed no sign of life after its start.' }
  }
  if (exit === undefined) return { category: 'process_exit', message: 'The agent did not start.' }
  if (isLikelyOutOfMemory(exit, stop)) {
    const message = 'The agent was killed (SIGKILL), most likely because the machine ran out of memory.'
    return { category: 'oom', message }
  }
  if (exit.kind === 'signal') {
    return { category: 'process_exit', message: `The agent was ended by ${exit.signal}.` }
  }
  if (exit.code === 0) return undefined
  return { category: 'process_exit', message: `The agent exited with status ${exit.code}.` }
}

/**
 * Whether the agent was killed though nobody here told it to stop: Linux kills so when memory runs out
 * (https://docs.kernel.org/admin-guide/mm/concepts.html#oom-killer), and a shell then reports 137.
 */
export function isLikelyOutOfMemory(exit: ExitStatus, stop: StopCause | undefined): boolean {
  if (stop !== undefined) return false
  return exit.kind === 'signal' ? exit.signal === 'SIGKILL' : exit.code === 137
}
