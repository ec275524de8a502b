import { join, resolve } from 'node:path'
import type { Ci, CiAdapter, Environment, PlatformCache, Ports, RawInputs, Reporter } from '@oz-agent/core'
import { createGitlabApi, type GitlabApi } from './api/client.ts'
import {
  agentTime,
  CANCEL_GRACE,
  DEADLINE_GRACE,
  type GitlabJob,
  isFromFork,
  isInternalVariable,
  readGitlabJob,
  scriptTime,
} from './job/ci.ts'
import { jobFacts } from './job/doctor.ts'
import { nameOfInput, OWN_INPUT_NAMES, readInputVariables, readOwnInputs, withSecrets } from './job/inputs.ts'
import { createGitLabLogFormat } from './job/log-format.ts'
import { keepNote } from './job/note.ts'
import { writeAnnotations, writeReports } from './job/reporter.ts'
import { type Comment, readMention } from './mention/mention.ts'

/** GitLab keeps 4 MB of a log: https://docs.gitlab.com/administration/cicd/job_logs/ ; the rest is for our own lines. */
const LOG_BYTES = 3_500_000
const SUMMARY_BYTES = 200_000
const OUTPUT_BYTES = 8_000
const MENTION_TIME = 30_000
/** `doctor` has ten seconds for everything. */
const FACTS_TIME = 2_000
const OWN_FOLDER = '.oz-agent'

export interface GitLabPorts extends Ports {
  /** A cache in a folder, which GitLab's `cache:paths` keeps from one job to the next. */
  folderCache(folder: string): PlatformCache
}

/** What a comment asks for, if the job answers comments. */
type Mention = {
  readonly comment?: Comment
  readonly prompt?: string
  readonly ignored?: string
  readonly failure?: unknown
}

/**
 * Describes a GitLab job to core.
 * @param phase `after` is after_script. It reads no comment: the job has decided what the comment asks for.
 */
export async function createGitLabAdapter(
  env: Environment,
  ports: GitLabPorts,
  phase: 'job' | 'after',
): Promise<CiAdapter> {
  const { clock, files, machine } = ports
  const job = readGitlabJob(env, machine.cwd)
  const folders = foldersOf(env, job, machine)
  const started = clock.elapsed()
  const limit = scriptTime(job, clock.now())
  const variables = readInputVariables(env)
  const { own, problems } = readOwnInputs(variables)
  const fork = isFromFork(job)
  const apiWithin = (budget: number): GitlabApi | undefined => {
    const token = env.OZ_GITLAB_TOKEN?.trim()
    if (job.apiUrl === undefined || !token) return undefined
    return createGitlabApi({ ...ports, env, baseUrl: job.apiUrl, token, budget })
  }
  const asksNobody = own.mention === undefined || phase === 'after' || fork
  const mention: Mention = asksNobody
    ? {}
    : await mentionOf({
        env,
        files,
        api: apiWithin(MENTION_TIME),
        projectId: job.projectId,
        word: own.mention,
        minimumRole: own.minimumRole,
      })
  const raw = withPrompt(withSecrets(variables, env), mention.prompt)
  const logFormat = createGitLabLogFormat({ now: () => Math.floor(clock.now() / 1000) })
  const { ignored, comment } = mention

  const ci: Ci = {
    name: 'gitlab-ci',
    jobUrl: job.url,
    commit: job.commit,
    limits: { outputBytes: OUTPUT_BYTES, logBytes: LOG_BYTES, summaryBytes: SUMMARY_BYTES },
    windDown: { cancelGrace: CANCEL_GRACE, deadlineGrace: DEADLINE_GRACE },
    // The code of a fork, or a comment that does not call the agent, must not get the key.
    env: fork || ignored !== undefined ? withoutKey(env) : env,
    checkout: job.projectDir,
    resultFolder: folders.result,
    stepFolder: folders.step,
    toolFolder: env.OZ_TOOL_FOLDER ? resolve(job.projectDir, env.OZ_TOOL_FOLDER) : undefined,
    platformCache: env.OZ_CACHE_FOLDER
      ? ports.folderCache(resolve(job.projectDir, env.OZ_CACHE_FOLDER))
      : undefined,
    nameOf: nameOfInput,
    lenientInputs: false,
    debug: job.isTraced,
    defaultTimeout: agentTime(job, clock.now()),
    isInternalVariable,
    keylessByDesign: () => (fork ? forkReason(job) : undefined),
    facts: () => jobFacts(job, env, apiWithin(FACTS_TIME)),
    keyRemedy: keyRemedy(job),
  }
  const reporter: Reporter = {
    // GitLab masks only what its settings name. A job cannot add to that, so core redacts.
    mask: () => {},
    announce: (links) => writeAnnotations(links, { resultFolder: folders.result, files }),
    remember: async () => {
      // Keeps the agent from committing our files. A folder that the user chose is left as it is.
      const ownFolder = join(job.projectDir, OWN_FOLDER)
      if (folders.result.startsWith(`${ownFolder}/`)) await files.write(join(ownFolder, '.gitignore'), '*\n')
    },
    publish: async (report) => {
      const dotenv = { prefix: own.outputPrefix, projectDir: job.projectDir }
      await writeReports(report, { resultFolder: folders.result, dotenv, files })
      const place = notePlace(job, comment)
      if (!own.note || place === undefined || ignored !== undefined || fork) return
      const topic = comment === undefined ? job.name : `${job.name}#${comment.id}`
      const { result, summary } = report
      const content = { place, topic, jobName: job.name, jobUrl: job.url, result, summary }
      const timeLeft = limit === undefined ? undefined : limit - (clock.elapsed() - started)
      const { kind, message } = await keepNote(content, { env, apiUrl: job.apiUrl, timeLeft, ports })
      const level = kind === 'kept' ? 'info' : 'warning'
      await ports.log.write(logFormat.format({ kind: 'note', level, text: message }))
    },
  }
  const { failure } = mention
  return {
    ci,
    inputs: { raw, ownNames: OWN_INPUT_NAMES, ownProblems: problems, nothingToDo: ignored, failure },
    reporter,
    logFormat,
  }
}

/** `after_script` finds the step's folder by the job's number: others may know the name, so it is checked before it is used. */
function foldersOf(env: Environment, job: GitlabJob, { temp }: Ports['machine']) {
  return {
    result: resolve(job.projectDir, env.OZ_RESULT_FOLDER || join(OWN_FOLDER, job.slug)),
    step: join(temp, `oz-agent-${job.id}`),
  }
}

async function mentionOf(request: Parameters<typeof readMention>[0]): Promise<Mention> {
  try {
    const mention = await readMention(request)
    return mention.kind === 'ignore' ? { ignored: mention.why } : mention
  } catch (failure) {
    return { failure }
  }
}

function notePlace(job: GitlabJob, comment: Comment | undefined) {
  if (comment !== undefined) {
    return { projectId: comment.projectId, kind: comment.place.kind, iid: comment.place.iid }
  }
  if (job.mergeRequest === undefined) return undefined
  return { projectId: job.mergeRequest.projectId, kind: 'merge_requests' as const, iid: job.mergeRequest.iid }
}

/** The comment comes after the prompt of the template, if there is one. */
function withPrompt(raw: RawInputs, prompt: string | undefined): RawInputs {
  if (prompt === undefined) return raw
  const base = typeof raw.prompt === 'string' ? raw.prompt.trim() : ''
  return { ...raw, prompt: base === '' ? prompt : `${base}\n\n${prompt}` }
}

function withoutKey(env: Environment): Environment {
  const { WARP_API_KEY: _key, WARP_API_KEY_FILE: _file, ...rest } = env
  return rest
}

function forkReason({ mergeRequest }: GitlabJob): string {
  return `merge request !${mergeRequest?.iid} comes from a fork, and the code of a fork does not get the Warp API key: nothing was run`
}

function keyRemedy({ ref, isRefProtected }: GitlabJob): string {
  const hint = isRefProtected
    ? ''
    : ` A protected variable reaches only pipelines of protected branches and tags; ${ref === '' ? 'this one' : ref} is not protected.`
  return `Store it as the CI/CD variable WARP_API_KEY, masked and protected, in the settings of the project or group.${hint}`
}
