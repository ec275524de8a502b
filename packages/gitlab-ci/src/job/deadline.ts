import type { Milliseconds } from '@oz-agent/core'
import type { GitlabJob } from './gitlab-job.ts'

/** How long the agent may take to wind down at our own deadline. */
export const DEADLINE_GRACE: Milliseconds = 30_000
/** From SIGTERM to the kill of the agent; the rest of 5 s is for writing everything. */
export const CANCEL_GRACE: Milliseconds = 2_000
/** Winding down, then writing and posting; of short jobs a fifth. */
const RESERVE: Milliseconds = 60_000
/** The runner's own default: https://docs.gitlab.com/ci/runners/configure_runners/ */
const AFTER_SCRIPT_DEFAULT: Milliseconds = 300_000

type Times = Pick<GitlabJob, 'timeout' | 'scriptTimeout' | 'afterScriptTimeout' | 'startedAt'>

/**
 * The agent's time, so that all is written before GitLab ends the script; undefined when no limit is known.
 * @param now since 1970.
 */
export function agentTime(job: Times, now: Milliseconds): Milliseconds | undefined {
  const limits: Milliseconds[] = []
  if (job.timeout !== undefined) {
    const spent = job.startedAt === undefined ? 0 : Math.max(0, now - job.startedAt)
    const afterScript = Math.min(job.afterScriptTimeout ?? AFTER_SCRIPT_DEFAULT, job.timeout / 5)
    limits.push(job.timeout - spent - afterScript)
  }
  if (job.scriptTimeout !== undefined && job.scriptTimeout > 0) limits.push(job.scriptTimeout)
  if (limits.length === 0) return undefined
  const limit = Math.max(1000, Math.min(...limits))
  return Math.round(limit - Math.min(RESERVE, limit / 5))
}
