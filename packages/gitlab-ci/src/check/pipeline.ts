import { parseDuration } from '@oz-agent/core'
import * as z from 'zod'
import { timeoutProblem } from '../template/options.ts'
import type { LoadedPipeline, PipelinePart } from './includes.ts'

type Body = Readonly<Record<string, unknown>>

/** Words on the top level that are no jobs: https://docs.gitlab.com/ci/yaml/#global-keywords */
const GLOBAL = new Set([
  'after_script',
  'before_script',
  'cache',
  'default',
  'image',
  'include',
  'services',
  'spec',
  'stages',
  'types',
  'variables',
  'workflow',
])

/** What is wrong with the jobs of a whole pipeline, one sentence each. */
export function pipelineProblems({ parts, isComplete }: LoadedPipeline): readonly string[] {
  const merged = parts.reduce<Body>((all, { body }) => merge(all, body), {})
  const jobs = jobsOf(merged).map(([name]) => [name, withBases(merged, name)] as const)
  return [
    ...sameNames(parts),
    // Something that cannot be read may add stages.
    ...(isComplete ? unknownStages(merged, jobs) : []),
    ...timeoutProblems(parts, jobs),
  ]
}

/**
 * Whether a merge request would get two pipelines when a job with a rule for merge requests is added: one of the
 * branch, and one with the added job alone, whose result then counts for the merge request.
 * https://docs.gitlab.com/ci/jobs/job_rules/#avoid-duplicate-pipelines
 */
export function splitsMergeRequests({ parts }: LoadedPipeline): boolean {
  const merged = parts.reduce<Body>((all, { body }) => merge(all, body), {})
  if ('workflow' in merged) return false
  return jobsOf(merged).some(([name]) => {
    const job = withBases(merged, name)
    return !('rules' in job) && !('only' in job)
  })
}

/** The jobs that GitLab runs: hidden ones are only there to be extended. */
export function jobsOf(body: Body): readonly (readonly [name: string, job: Body])[] {
  return Object.entries(body).flatMap(([name, job]) =>
    isMap(job) && !GLOBAL.has(name) && !name.startsWith('.') ? [[name, job] as const] : [],
  )
}

/** Two includes with one job name: GitLab merges them into one job and says nothing. */
function sameNames(parts: readonly PipelinePart[]): readonly string[] {
  const places = new Map<string, string[]>()
  for (const { file, body, by } of parts) {
    if (by !== 'include') continue
    for (const [name, job] of jobsOf(body)) {
      if ('script' in job || 'trigger' in job) places.set(name, [...(places.get(name) ?? []), `\`/${file}\``])
    }
  }
  return [...places]
    .filter(([, files]) => files.length > 1)
    .map(([name, files]) => {
      return `jobs:${name} comes from several includes (${files.join(', ')}): GitLab merges them into one job; give each a name of its own, such as with the input job_name`
    })
}

const stageList = z.array(z.string())

function unknownStages(merged: Body, jobs: readonly (readonly [string, Body])[]): readonly string[] {
  const stages = stageList.safeParse(merged.stages ?? ['build', 'test', 'deploy'])
  if (!stages.success) return []
  const available = ['.pre', ...stages.data.filter((one) => one !== '.pre' && one !== '.post'), '.post']
  return jobs.flatMap(([name, { stage = 'test' }]) => {
    if (typeof stage !== 'string' || available.includes(stage)) return []
    return [`${name} job: chosen stage ${stage} does not exist; available stages are ${available.join(', ')}`]
  })
}

const timed = z.looseObject({
  timeout: z.string(),
  variables: z.looseObject({ RUNNER_SCRIPT_TIMEOUT: z.string(), RUNNER_AFTER_SCRIPT_TIMEOUT: z.string() }),
})

/** GitLab accepts time limits that do not fit each other; the job then ends without its after_script. */
function timeoutProblems(
  parts: readonly PipelinePart[],
  jobs: readonly (readonly [string, Body])[],
): readonly string[] {
  return jobs.flatMap(([name, job]) => {
    const parsed = timed.safeParse(job)
    if (!parsed.success) return []
    const { timeout, variables } = parsed.data
    const times = [timeout, variables.RUNNER_SCRIPT_TIMEOUT, variables.RUNNER_AFTER_SCRIPT_TIMEOUT]
    const [all, script, afterScript] = times.map((time) => parseDuration(time))
    if (all === undefined || script === undefined || afterScript === undefined) return []
    const problem = timeoutProblem({ job: all, script, afterScript })
    if (problem === undefined) return []
    // The file that sets the limit last is the one to change.
    const last = parts.findLast(({ body }) => isMap(body[name]) && 'timeout' in body[name])
    const place = last?.by === undefined ? '' : `\`/${last.file}\`: `
    return [`${place}jobs:${name} ${problem}`]
  })
}

/** A job with what it extends, the nearest last. */
function withBases(merged: Body, name: string, seen: readonly string[] = []): Body {
  const job = merged[name]
  if (!isMap(job) || seen.includes(name)) return {}
  const bases = [job.extends ?? []].flat().filter((base) => typeof base === 'string')
  return [...bases.map((base) => withBases(merged, base, [...seen, name])), job].reduce(merge, {})
}

/** As GitLab merges: mappings key by key, anything else is replaced. */
function merge(one: Body, other: Body): Body {
  const merged: Record<string, unknown> = { ...one }
  for (const [key, value] of Object.entries(other)) {
    const old = merged[key]
    merged[key] = isMap(old) && isMap(value) ? merge(old, value) : value
  }
  return merged
}

function isMap(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
