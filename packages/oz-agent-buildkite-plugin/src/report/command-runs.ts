import { formatDuration, type Milliseconds, type StepCommandResult } from '@oz-agent/core'

/** One run of the step's own command, with `mode: on-failure`. */
export interface CommandRun {
  readonly exitStatus: number
  readonly duration: Milliseconds
}

/** The runs of the command so far: none with `mode: agent`, then the first, then the one after the repair. */
export type CommandRuns = readonly CommandRun[]

/** Whether the step is red because of its command, whatever the agent did. */
export function isCommandRed(runs: CommandRuns): boolean {
  return runs.length > 0 && runs.at(-1)?.exitStatus !== 0
}

/** What the command did, in a sentence or two; empty when no command ran. */
export function describeCommand([first, rerun]: CommandRuns): string {
  if (first === undefined) return ''
  const sentence = `The command of this step ${howItEnded(first)}.`
  return rerun === undefined ? sentence : `${sentence} Run again after the repair, it ${howItEnded(rerun)}.`
}

function howItEnded({ exitStatus, duration }: CommandRun): string {
  const end = exitStatus === 0 ? 'passed' : `failed with exit status ${exitStatus}`
  return `${end} after ${formatDuration(Math.round(duration / 1000) * 1000)}`
}

/** The runs for `result.json`; undefined when no command ran. */
export function commandResult([first, rerun]: CommandRuns): StepCommandResult | undefined {
  return first === undefined
    ? undefined
    : { ...runResult(first), rerun: rerun === undefined ? null : runResult(rerun) }
}

function runResult({ exitStatus, duration }: CommandRun) {
  return { exit_status: exitStatus, duration_ms: Math.round(duration) }
}

/** Keys and values for the meta-data. */
export function commandMetaData([first, rerun]: CommandRuns): readonly (readonly [string, string])[] {
  return [
    ...(first === undefined ? [] : runMetaData('command', first)),
    ...(rerun === undefined ? [] : runMetaData('command-rerun', rerun)),
  ]
}

function runMetaData(name: string, { exitStatus, duration }: CommandRun) {
  return [
    [`${name}-exit-status`, String(exitStatus)],
    [`${name}-duration-seconds`, String(Math.round(duration / 1000))],
  ] as const
}
