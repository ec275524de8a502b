import type { Cli } from '../cli/cli.ts'
import type { Milliseconds } from '../contract/duration.ts'
import type { RunRequest } from '../contract/request.ts'
import type { StopWatch } from './early-stop.ts'

/** All that is needed to start an agent: checked, found, and with its deadline. */
export interface AgentOrder {
  readonly request: RunRequest
  readonly cli: Cli
  readonly key: string
  /** 0 for none. */
  readonly timeout: Milliseconds
  /** Reading of `clock.elapsed()`; undefined for none. */
  readonly timeoutAt: Milliseconds | undefined
  readonly watch: StopWatch
}
