import { type CiDescription, type Environment, type Milliseconds, parseDuration } from '@oz-agent/core'

/** https://buildkite.com/docs/pipelines/configure/environment-variables */
export function describeJob(env: Environment): CiDescription {
  const { BUILDKITE_BUILD_URL: build, BUILDKITE_JOB_ID: job, BUILDKITE_COMMIT: commit } = env
  return {
    name: 'buildkite',
    jobUrl: build && job ? `${build}#${job}` : undefined,
    // A build of a branch's newest commit is only resolved once it is checked out.
    commit: commit && commit !== 'HEAD' ? commit : undefined,
  }
}

/** Left for everything that is not the agent: the checkout before it, the reports after it. */
const MARGIN: Milliseconds = 60_000

/**
 * The agent's default deadline: the job's own limit (`timeout_in_minutes`), less what is needed around it.
 * Undefined where the job has none, or one so short that a deadline of ours would only be in the way.
 */
export function defaultTimeout(env: Environment, spent: Milliseconds = 0): Milliseconds | undefined {
  const text = env.BUILDKITE_TIMEOUT ?? ''
  const limit = /^\d+$/.test(text) ? parseDuration(`${text}m`) : undefined
  if (limit === undefined || limit === 0) return undefined
  const rest = limit - MARGIN - spent
  return rest >= MARGIN ? rest : undefined
}

/** Why there is no key: a build of a fork gets no secrets unless its pipeline's owner wants that. */
export function reasonForNoKey(env: Environment): string | undefined {
  const { BUILDKITE_PULL_REQUEST_REPO: fork, BUILDKITE_REPO: repository } = env
  if (!fork || !repository || sameRepository(fork, repository)) return undefined
  return 'This build is of a fork, and builds of forks get no secrets: there is no key to run Oz with.'
}

function sameRepository(one: string, other: string): boolean {
  return plainAddress(one) === plainAddress(other)
}

/** `git@host:org/name.git`, `https://host/org/name` and `git://host/org/name.git` are one repository. */
function plainAddress(url: string): string {
  return url
    .trim()
    .toLowerCase()
    .replace(/^[a-z+]+:\/\//, '')
    .replace(/^[^@/]+@/, '')
    .replace(/^([^/:]+):(?!\d+\/)/, '$1/')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
}
