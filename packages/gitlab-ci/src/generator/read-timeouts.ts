import { formatDuration, type Milliseconds, parseDuration } from '@oz-agent/core'
import type { OptionReader } from './option-reader.ts'
import type { OptionName } from './option-specs.ts'
import { type JobTimeouts, SHORTEST_JOB, shareOut, timeoutProblem } from './timeouts.ts'

/** The limits of the job; those that were not given share what the job has left. */
export function readTimeouts(options: OptionReader): JobTimeouts {
  const job = readTime(options, 'job-timeout') ?? SHORTEST_JOB
  if (job < SHORTEST_JOB) {
    options.wrong(
      'job-timeout',
      `expected at least ${formatDuration(SHORTEST_JOB)}, got ${formatDuration(job)}`,
    )
  }
  const shared = shareOut(job)
  const afterScript = readTime(options, 'after-script-timeout') ?? shared.afterScript
  const rest = shared.script + shared.afterScript - afterScript
  const timeouts = { job, afterScript, script: readTime(options, 'script-timeout') ?? Math.max(rest, 1000) }
  const problem = timeoutProblem(timeouts)
  if (problem !== undefined) {
    options.wrong(options.has('script-timeout') ? 'script-timeout' : 'after-script-timeout', problem)
  }
  return timeouts
}

function readTime(options: OptionReader, name: OptionName): Milliseconds | undefined {
  const text = options.one(name)
  if (text === '') return undefined
  const time = /[a-z]/i.test(text) ? parseDuration(text) : undefined
  if (time !== undefined && time >= 1000) return time
  options.wrong(name, `expected a time such as 90m or 1h30m, got "${text}"`)
  return undefined
}
