import { formatDuration, type Milliseconds } from '@oz-agent/core'

/** How a job's time is shared out, so that `after_script` still runs when the script used up its part. */
export interface JobTimeouts {
  readonly job: Milliseconds
  readonly script: Milliseconds
  readonly afterScript: Milliseconds
}

const MINUTE: Milliseconds = 60_000

/** What the runner needs for itself: fetching the sources before, the upload of artifacts after. */
const RUNNER_RESERVE: Milliseconds = 2 * MINUTE
const AFTER_SCRIPT: Milliseconds = 2 * MINUTE
export const SHORTEST_JOB: Milliseconds = 5 * MINUTE

/** Shares out the time of a job; expects at least `SHORTEST_JOB`. */
export function shareOut(job: Milliseconds): JobTimeouts {
  const afterScript = Math.min(AFTER_SCRIPT, job / 5)
  const script = job - afterScript - Math.min(RUNNER_RESERVE, job / 5)
  return { job, script: wholeSeconds(script), afterScript: wholeSeconds(afterScript) }
}

function wholeSeconds(time: Milliseconds): Milliseconds {
  return Math.floor(time / 1000) * 1000
}

/**
 * What is wrong with timeouts, in one sentence; undefined when they fit.
 * The runner skips `after_script` when both do not fit the job's limit:
 * https://docs.gitlab.com/ci/runners/configure_runners/#ensuring-after_script-execution
 */
export function timeoutProblem({ job, script, afterScript }: JobTimeouts): string | undefined {
  if (script + afterScript <= job) return undefined
  const sum = `${formatDuration(script)} of script and ${formatDuration(afterScript)} of after_script`
  return `${sum} do not fit ${formatDuration(job)} of the job: GitLab would skip after_script, and the run would stay open`
}
