import { type Ci, type Environment, type JobFact, type Milliseconds, parseDuration } from '@oz-agent/core'

/** https://buildkite.com/docs/pipelines/configure/environment-variables */
export function describeJob(env: Environment): Pick<Ci, 'name' | 'jobUrl' | 'commit'> {
  const { BUILDKITE_BUILD_URL: build, BUILDKITE_JOB_ID: job, BUILDKITE_COMMIT: commit } = env
  return {
    name: 'buildkite',
    jobUrl: build && job ? `${build}#${job}` : undefined,
    // A build of a branch's newest commit is only resolved once it is checked out.
    commit: commit && commit !== 'HEAD' ? commit : undefined,
  }
}

/** Time for all but the agent: the checkout before it, the reports after it. */
const MARGIN: Milliseconds = 60_000

/**
 * The agent's default deadline: the job's own limit (`timeout_in_minutes`) less the time for all but the agent.
 * Undefined when the job has no limit, or one so short that a deadline of ours would not help.
 * @param spent how long the hook has already run.
 */
export function defaultTimeout(env: Environment, spent: Milliseconds = 0): Milliseconds | undefined {
  const text = env.BUILDKITE_TIMEOUT ?? ''
  const limit = /^\d+$/.test(text) ? parseDuration(`${text}m`) : undefined
  if (limit === undefined || limit === 0) return undefined
  const rest = limit - MARGIN - spent
  return rest >= MARGIN ? rest : undefined
}

/** Why there is no key: a build of a fork gets no secrets unless the pipeline's owner allows it. Else undefined. */
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

/**
 * What `doctor` says about a job on Buildkite: what started it, which agent runs it, and whether it can have
 * secrets. https://buildkite.com/docs/pipelines/configure/environment-variables
 */
export function jobFacts(env: Environment): readonly JobFact[] {
  return [
    { title: 'Build', finding: { status: 'ok', summary: build(env) } },
    { title: 'Agent', finding: { status: 'ok', summary: agent(env) } },
    { title: 'Secrets', finding: secrets(env) },
  ]
}

const SOURCES: Readonly<Record<string, string>> = {
  api: 'started through the API',
  schedule: 'started by a schedule',
  trigger_job: 'started by a step of another pipeline',
  ui: 'started by a person',
  webhook: 'started by a push or a pull request',
}

function build(env: Environment): string {
  const { BUILDKITE_PULL_REQUEST: number, BUILDKITE_SOURCE: source, BUILDKITE_BRANCH: branch } = env
  const isPullRequest = number !== undefined && number !== '' && number !== 'false'
  const what = isPullRequest ? `pull request ${number}` : `branch ${branch || 'unknown'}`
  return `${what}, ${SOURCES[source ?? ''] ?? `started by ${source || 'something unknown'}`}`
}

function agent(env: Environment): string {
  const { BUILDKITE_AGENT_NAME: name, BUILDKITE_AGENT_META_DATA_QUEUE: queue } = env
  return `${name || 'of no known name'} on ${queue ? `the queue ${queue}` : 'no named queue'}`
}

function secrets(env: Environment): JobFact['finding'] {
  const summary = reasonForNoKey(env)
  if (summary === undefined) return { status: 'ok', summary: 'this build can have secrets' }
  return {
    status: 'warning',
    summary,
    repair:
      'Run the agent in builds of this repository, or let a person unblock a step of the base branch for it.',
  }
}
