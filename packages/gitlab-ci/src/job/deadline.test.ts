import { expect, test } from 'vitest'
import { agentTime } from './deadline.ts'
import { readGitlabJob } from './gitlab-job.ts'

const NOW = Date.parse('2026-08-19T08:10:00Z')

test.for<[string, Record<string, string>, number | undefined]>([
  ['no limit is known', {}, undefined],
  ['the script’s own limit, less a minute', { RUNNER_SCRIPT_TIMEOUT: '56m' }, 55 * 60_000],
  ['a job of an hour keeps the five minutes of after_script', { CI_JOB_TIMEOUT: '3600' }, 54 * 60_000],
  [
    'what the job has used up is gone',
    { CI_JOB_TIMEOUT: '3600', CI_JOB_STARTED_AT: '2026-08-19T08:00:00Z' },
    44 * 60_000,
  ],
  [
    'the nearer limit counts',
    { CI_JOB_TIMEOUT: '3600', RUNNER_SCRIPT_TIMEOUT: '10m', RUNNER_AFTER_SCRIPT_TIMEOUT: '2m' },
    9 * 60_000,
  ],
  ['a short job keeps four fifths of what after_script leaves', { CI_JOB_TIMEOUT: '50' }, 32_000],
  ['a limit that makes no sense is none', { CI_JOB_TIMEOUT: 'soon' }, undefined],
])('%s', ([, env, expected]) => {
  expect(agentTime(readGitlabJob(env, '/work'), NOW)).toBe(expected)
})
