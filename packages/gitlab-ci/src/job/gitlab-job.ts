import { type Environment, type Milliseconds, parseDuration } from '@oz-agent/core'
import * as z from 'zod'

/** A merge request that a pipeline runs for. */
export interface MergeRequest {
  readonly iid: string
  /** Of the project that the merge request is in; the pipeline may run in a fork. */
  readonly projectId: string
  readonly sourceProjectId: string
}

/** What GitLab tells a job of itself. https://docs.gitlab.com/ci/variables/predefined_variables/ */
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
  /** The job's own limit. */
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

/** Whether the code under test comes from another project: it must not meet the key. */
export function isFromFork({ mergeRequest, projectId }: GitlabJob): boolean {
  if (mergeRequest === undefined) return false
  return mergeRequest.sourceProjectId !== mergeRequest.projectId || mergeRequest.projectId !== projectId
}
