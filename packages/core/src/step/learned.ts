import type { CloseReason } from '../agent/failure.ts'
import { NO_EVENTS, type RunState } from '../agent/run-state.ts'
import type { Milliseconds } from '../contract/duration.ts'
import type { Cli } from '../install/search.ts'
import type { Environment } from '../ports.ts'
import type { StepVerdict } from './verdict.ts'

/** What a step has learned by the time it reports, at whatever point it ended. */
export interface Learned {
  readonly warnings: readonly string[]
  readonly cli: Cli | undefined
  /** What the agent's events added up to. */
  readonly state: RunState
  readonly installMs: Milliseconds | undefined
  readonly startupMs: Milliseconds | undefined
  readonly firstEventMs: Milliseconds | undefined
  /** How to close the run; undefined where there is none, or where it is not ours to close. */
  readonly closing:
    | { readonly cliPath: string; readonly env: Environment; readonly reason: CloseReason | undefined }
    | undefined
}

/** What a step knows that has just begun. */
export const NOTHING_LEARNED: Learned = {
  warnings: [],
  cli: undefined,
  state: NO_EVENTS,
  installMs: undefined,
  startupMs: undefined,
  firstEventMs: undefined,
  closing: undefined,
}

/** How a step ended, and what it learned until then. */
export interface StepEnding extends Learned {
  readonly verdict: StepVerdict
}
