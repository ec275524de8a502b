import type { Environment, HostFact } from '@oz-agent/core'
import { reasonForNoKey } from './job.ts'

/**
 * What `doctor` should tell of a job on Buildkite: what started it, which agent runs it, and whether it can have
 * secrets. https://buildkite.com/docs/pipelines/configure/environment-variables
 */
export function jobFacts(env: Environment): readonly HostFact[] {
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

function secrets(env: Environment): HostFact['finding'] {
  const summary = reasonForNoKey(env)
  if (summary === undefined) return { status: 'ok', summary: 'this build can have secrets' }
  return {
    status: 'warning',
    summary,
    repair:
      'Run the agent in builds of this repository, or let a person unblock a step of the base branch for it.',
  }
}
