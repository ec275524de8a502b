import type { Environment, JobFact } from '@oz-agent/core'
import * as z from 'zod'
import { ApiFailure, type GitlabApi, remedyOf } from '../api/client.ts'
import { hasRole } from '../api/members.ts'
import { type GitlabJob, isFromFork } from './ci.ts'

type Finding = JobFact['finding']

const token = z.looseObject({
  user_id: z.int(),
  scopes: z.array(z.string()),
  expires_at: z.string().nullish(),
})

/**
 * What `doctor` reports about a job on GitLab: what started it, whether it lacks the key because of a fork or an
 * unprotected branch, and whether the token may write notes. Never rejects.
 * @param api undefined where there is no token for the API.
 */
export async function jobFacts(
  job: GitlabJob,
  env: Environment,
  api: GitlabApi | undefined,
): Promise<readonly JobFact[]> {
  return [
    { title: 'GitLab', finding: serverFact(env) },
    { title: 'Pipeline', finding: { status: 'ok', summary: pipelineOf(job, env) } },
    { title: 'Fork', finding: forkFact(job) },
    { title: 'Protected ref', finding: protectionFact(job, env) },
    { title: 'Token for notes', finding: await tokenFact(job, api) },
  ]
}

function serverFact(env: Environment): Finding {
  const runner = env.CI_RUNNER_VERSION ? `runner ${env.CI_RUNNER_VERSION}` : 'unknown runner'
  const server = [env.CI_SERVER_VERSION, env.CI_SERVER_HOST && `at ${env.CI_SERVER_HOST}`]
  return { status: 'ok', summary: `${server.filter(Boolean).join(' ') || 'unknown version'}, ${runner}` }
}

function pipelineOf({ ref, mergeRequest }: GitlabJob, env: Environment): string {
  const source = env.CI_PIPELINE_SOURCE || 'unknown source'
  const where = mergeRequest === undefined ? '' : ` of merge request !${mergeRequest.iid}`
  return `${source}${where}${ref === '' ? '' : ` on ${ref}`}`
}

function forkFact(job: GitlabJob): Finding {
  if (!isFromFork(job)) return { status: 'ok', summary: 'the code is of this project' }
  return {
    status: 'warning',
    summary: 'the code comes from a fork: it does not get the key, and the job is skipped',
    repair: 'Push the branch to this project, once somebody has looked at it.',
  }
}

function protectionFact({ ref, isRefProtected }: GitlabJob, env: Environment): Finding {
  const name = ref || 'the ref'
  if (isRefProtected) return { status: 'ok', summary: `${name} is protected: it gets protected variables` }
  if (env.WARP_API_KEY || env.WARP_API_KEY_FILE) {
    return { status: 'ok', summary: `${name} is not protected, and has the key all the same` }
  }
  return {
    status: 'warning',
    summary: `${name} is not protected: protected variables, such as the key, do not reach it`,
    repair: 'Protect the branch in the settings of the repository, or run on one that is protected.',
  }
}

async function tokenFact(job: GitlabJob, api: GitlabApi | undefined): Promise<Finding> {
  const without = (summary: string, repair: string): Finding => ({ status: 'warning', summary, repair })
  const project = job.mergeRequest?.projectId ?? job.projectId
  if (api === undefined) {
    return without(
      'there is no OZ_GITLAB_TOKEN: no note is written, all else is',
      'Store a project access token with scope api and the role Developer as the masked CI/CD variable OZ_GITLAB_TOKEN.',
    )
  }
  try {
    const { data } = await api.request({ method: 'GET', path: '/personal_access_tokens/self' }, token)
    if (!data.scopes.includes('api')) {
      const scopes = data.scopes.join(', ') || 'no scope'
      return without(
        `OZ_GITLAB_TOKEN may not write: it has ${scopes}`,
        'Store a token with the scope api as OZ_GITLAB_TOKEN.',
      )
    }
    if (!(await hasRole(api, project, data.user_id, 'reporter'))) {
      return without(
        'the account of OZ_GITLAB_TOKEN is no member of this project with the role Reporter or more',
        'Create the token in this project, with the role Developer.',
      )
    }
    const until = data.expires_at ? `, until ${data.expires_at}` : ''
    return { status: 'ok', summary: `OZ_GITLAB_TOKEN may write${until}` }
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error
    return without(`whether OZ_GITLAB_TOKEN may write is unknown: ${error.message}`, remedyOf(error))
  }
}
