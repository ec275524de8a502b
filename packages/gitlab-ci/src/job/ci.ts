import { type Environment, type Milliseconds, parseDuration } from '@oz-agent/core'
import * as z from 'zod'

/** A merge request that a pipeline runs for. */
export interface MergeRequest {
  readonly iid: string
  /** Of the project that the merge request is in; the pipeline may run in a fork. */
  readonly projectId: string
  readonly sourceProjectId: string
}

/** What GitLab tells a job about itself. https://docs.gitlab.com/ci/variables/predefined_variables/ */
export interface GitlabJob {
  readonly projectDir: string
  readonly projectId: string
  readonly id: string
  readonly name: string
  readonly slug: string
  readonly url: string | undefined
  readonly commit: string | undefined
  readonly ref: string
  readonly isRefProtected: boolean
  readonly apiUrl: string | undefined
  readonly mergeRequest: MergeRequest | undefined
  /** The time limit of the whole job. */
  readonly timeout: Milliseconds | undefined
  readonly scriptTimeout: Milliseconds | undefined
  readonly afterScriptTimeout: Milliseconds | undefined
  /** Since 1970. */
  readonly startedAt: Milliseconds | undefined
  readonly isTraced: boolean
}

const text = z.string().min(1).optional().catch(undefined)
const variables = z.object({
  CI_PROJECT_DIR: text,
  CI_PROJECT_ID: text,
  CI_JOB_ID: text,
  CI_JOB_NAME: text,
  CI_JOB_NAME_SLUG: text,
  CI_JOB_URL: text,
  CI_COMMIT_SHA: text,
  CI_COMMIT_REF_NAME: text,
  CI_COMMIT_REF_PROTECTED: text,
  CI_API_V4_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .catch(undefined),
  CI_MERGE_REQUEST_IID: text,
  CI_MERGE_REQUEST_PROJECT_ID: text,
  CI_MERGE_REQUEST_SOURCE_PROJECT_ID: text,
  CI_JOB_TIMEOUT: z.coerce.number().positive().optional().catch(undefined),
  CI_JOB_STARTED_AT: z.iso.datetime({ offset: true }).optional().catch(undefined),
  CI_DEBUG_TRACE: text,
  RUNNER_SCRIPT_TIMEOUT: text,
  RUNNER_AFTER_SCRIPT_TIMEOUT: text,
})

/** Reads the predefined variables; what is missing or malformed is undefined, as on an older GitLab. */
export function readGitlabJob(env: Environment, cwd: string): GitlabJob {
  const read = variables.parse(env)
  const startedAt = read.CI_JOB_STARTED_AT === undefined ? undefined : Date.parse(read.CI_JOB_STARTED_AT)
  return {
    projectDir: read.CI_PROJECT_DIR ?? cwd,
    projectId: read.CI_PROJECT_ID ?? '',
    id: read.CI_JOB_ID ?? '0',
    name: read.CI_JOB_NAME ?? 'oz-agent',
    slug: read.CI_JOB_NAME_SLUG ?? 'oz-agent',
    url: read.CI_JOB_URL,
    commit: read.CI_COMMIT_SHA,
    ref: read.CI_COMMIT_REF_NAME ?? '',
    isRefProtected: read.CI_COMMIT_REF_PROTECTED === 'true',
    apiUrl: read.CI_API_V4_URL,
    mergeRequest: mergeRequestOf(read),
    timeout: read.CI_JOB_TIMEOUT === undefined ? undefined : read.CI_JOB_TIMEOUT * 1000,
    scriptTimeout: parseDuration(read.RUNNER_SCRIPT_TIMEOUT ?? ''),
    afterScriptTimeout: parseDuration(read.RUNNER_AFTER_SCRIPT_TIMEOUT ?? ''),
    startedAt,
    isTraced: read.CI_DEBUG_TRACE === 'true',
  }
}

function mergeRequestOf(read: z.infer<typeof variables>): MergeRequest | undefined {
  const iid = read.CI_MERGE_REQUEST_IID
  const projectId = read.CI_MERGE_REQUEST_PROJECT_ID ?? read.CI_PROJECT_ID
  if (iid === undefined || projectId === undefined) return undefined
  return { iid, projectId, sourceProjectId: read.CI_MERGE_REQUEST_SOURCE_PROJECT_ID ?? projectId }
}

/** Whether the code under test comes from another project: then it must not get the key. */
export function isFromFork({ mergeRequest, projectId }: GitlabJob): boolean {
  if (mergeRequest === undefined) return false
  return mergeRequest.sourceProjectId !== mergeRequest.projectId || mergeRequest.projectId !== projectId
}

/** How long the agent may take to stop at our own deadline. */
export const DEADLINE_GRACE: Milliseconds = 30_000
/** From SIGTERM to the kill of the agent, when a job is cancelled. The rest of GitLab's 5 s is for the reports. */
export const CANCEL_GRACE: Milliseconds = 2_000
/** What stopping the agent, writing and posting take at the end; a fifth of the limit in short jobs. */
const RESERVE: Milliseconds = 60_000
/** The runner's own default: https://docs.gitlab.com/ci/runners/configure_runners/ */
const AFTER_SCRIPT_DEFAULT: Milliseconds = 300_000

type Times = Pick<GitlabJob, 'timeout' | 'scriptTimeout' | 'afterScriptTimeout' | 'startedAt'>

/**
 * How long it is until GitLab ends the script; undefined when no limit is known.
 * @param now milliseconds since 1970, near the start of the script.
 */
export function scriptTime(job: Times, now: Milliseconds): Milliseconds | undefined {
  const limits: Milliseconds[] = []
  if (job.timeout !== undefined) {
    const spent = job.startedAt === undefined ? 0 : Math.max(0, now - job.startedAt)
    const afterScript = Math.min(job.afterScriptTimeout ?? AFTER_SCRIPT_DEFAULT, job.timeout / 5)
    limits.push(job.timeout - spent - afterScript)
  }
  if (job.scriptTimeout !== undefined && job.scriptTimeout > 0) limits.push(job.scriptTimeout)
  if (limits.length === 0) return undefined
  return Math.max(1000, Math.min(...limits))
}

/** How long the agent may run so that everything is written before GitLab ends the script. As `scriptTime`. */
export function agentTime(job: Times, now: Milliseconds): Milliseconds | undefined {
  const limit = scriptTime(job, now)
  return limit === undefined ? undefined : Math.round(limit - Math.min(RESERVE, limit / 5))
}

/**
 * Variables of GitLab and of this job that the agent does not get under `scrub`: tokens, passwords, addresses that
 * hold a token, settings of the runner, and our own inputs.
 * https://docs.gitlab.com/ci/variables/predefined_variables/
 */
const INTERNAL_NAMES = new Set([
  'CI_BUILD_TOKEN',
  'CI_DEPENDENCY_PROXY_PASSWORD',
  'CI_DEPLOY_PASSWORD',
  'CI_JOB_JWT',
  'CI_JOB_JWT_V1',
  'CI_JOB_JWT_V2',
  'CI_JOB_TOKEN',
  'CI_REGISTRY_PASSWORD',
  'CI_REPOSITORY_URL',
  'CI_SERVER_TLS_KEY_FILE',
  'GITLAB_TOKEN',
  'OZ_CACHE_FOLDER',
  'OZ_GITLAB_TOKEN',
  'OZ_MASK',
  'TRIGGER_PAYLOAD',
])
const INTERNAL_PATTERNS = [
  /^OZ_INPUT_/,
  /^OZ_PROGRAM/,
  /^RUNNER_/,
  /^FF_[A-Z]/,
  /_ID_TOKEN$/,
  /^CI_.*(TOKEN|PASSWORD|JWT)/,
]

/** Whether `scrub` keeps that variable from the agent. */
export function isInternalVariable(name: string): boolean {
  return INTERNAL_NAMES.has(name) || INTERNAL_PATTERNS.some((pattern) => pattern.test(name))
}
