/** A real CI runner, linter or Node that tests drive. */
export interface Runner {
  readonly name: RunnerName
  /** Finds or installs it, quickly when that was done before; never throws for what the machine lacks. */
  ensure(): Promise<RunnerState>
}

export const RUNNER_NAMES = [
  'actionlint',
  'act',
  'buildkite-agent',
  'buildkite-agent-v4',
  'gitlab-ci-local',
  'shellcheck',
  'check-jsonschema',
  'bats',
  'oldest-node',
] as const
export type RunnerName = (typeof RUNNER_NAMES)[number]

/** Where a runner is, or why there is none here: the reason says what to do where something can be done. */
export type RunnerState =
  | { readonly kind: 'ready'; readonly path: string; readonly version: string }
  | { readonly kind: 'missing'; readonly reason: string }

export const missing = (reason: string): RunnerState => ({ kind: 'missing', reason })
