import { join, resolve } from 'node:path'
import type { CiHost, Environment, PlatformCache, Ports, RawInputs } from '@oz-agent/core'
import { createGitlabApi, type GitlabApi } from '../api/client.ts'
import { type Comment, readMention } from '../mention/mention.ts'
import {
  agentTime,
  CANCEL_GRACE,
  DEADLINE_GRACE,
  type GitlabJob,
  isFromFork,
  isInternalVariable,
  readGitlabJob,
  scriptTime,
} from './ci.ts'
import { jobFacts } from './doctor.ts'
import { nameOfInput, OWN_INPUT_NAMES, readInputVariables, readOwnInputs, withSecrets } from './inputs.ts'
import { createGitLabLogFormat } from './log-format.ts'
import { keepNote } from './note.ts'
import { writeAnnotations, writeReports } from './reporter.ts'

/** GitLab keeps 4 MB of a log: https://docs.gitlab.com/administration/cicd/job_logs/ ; the rest is for our own lines. */
const LOG_BYTES = 3_500_000
const SUMMARY_BYTES = 200_000
const OUTPUT_BYTES = 8_000
const MENTION_TIME = 30_000
/** `doctor` has ten seconds for everything. */
const FACTS_TIME = 2_000
const OWN_FOLDER = '.oz-agent'

/** What core needs of a CI, for a GitLab job. */
export interface GitlabHost extends CiHost {
  /** The path of the run's record that the job left for `after_script`; undefined when there is none. */
  recalled(): Promise<string | undefined>
}

export interface GitlabPorts extends Ports {
  /** A cache in a folder, which GitLab's `cache:paths` keeps from one job to the next. */
  folderCache(folder: string): PlatformCache
}

/**
 * Describes a GitLab job to core.
 * @param phase `after` is after_script. It reads no comment: the job has decided what the comment asks for.
 */
export function createGitlabHost(env: Environment, ports: GitlabPorts, phase: 'job' | 'after'): GitlabHost {
  const { clock, files, machine } = ports
  const job = readGitlabJob(env, machine.cwd)
  const resultFolder = resolve(job.projectDir, env.OZ_RESULT_FOLDER || join(OWN_FOLDER, job.slug))
  const scratch = join(machine.temp, `oz-agent-${job.id}`)
  const pointer = `${scratch}.record`
  const painter = createGitLabLogFormat({ now: () => Math.floor(clock.now() / 1000) })
  const variables = readInputVariables(env)
  const { own, problems } = readOwnInputs(variables)
  const fork = isFromFork(job)
  const limit = scriptTime(job, clock.now())
  const started = clock.elapsed()
  let ignored: string | undefined
  let comment: Comment | undefined

  const apiWithin = (budget: number): GitlabApi | undefined => {
    const token = env.OZ_GITLAB_TOKEN?.trim()
    if (job.apiUrl === undefined || !token) return undefined
    return createGitlabApi({ ...ports, env, baseUrl: job.apiUrl, token, budget })
  }

  const readInputs = async (): Promise<RawInputs> => {
    const raw = withSecrets(variables, env)
    if (own.mention === undefined || phase === 'after' || fork) return raw
    const mention = await readMention({
      env,
      files,
      api: apiWithin(MENTION_TIME),
      projectId: job.projectId,
      word: own.mention,
      minimumRole: own.minimumRole,
    })
    if (mention.kind === 'ignore') {
      ignored = mention.why
      return raw
    }
    comment = mention.comment
    return withPrompt(raw, mention.prompt)
  }

  return {
    ci: { name: 'gitlab-ci', jobUrl: job.url, commit: job.commit },
    limits: { outputBytes: OUTPUT_BYTES, logBytes: LOG_BYTES, summaryBytes: SUMMARY_BYTES },
    windDown: { cancelGrace: CANCEL_GRACE, deadlineGrace: DEADLINE_GRACE },
    // The code of a fork, or a comment that does not call the agent, must not get the key.
    get env() {
      return fork || ignored !== undefined ? withoutKey(env) : env
    },
    checkout: job.projectDir,
    resultFolder,
    privateFolder: scratch,
    toolFolder: env.OZ_TOOL_FOLDER ? resolve(job.projectDir, env.OZ_TOOL_FOLDER) : undefined,
    platformCache: env.OZ_CACHE_FOLDER
      ? ports.folderCache(resolve(job.projectDir, env.OZ_CACHE_FOLDER))
      : undefined,
    nameOf: nameOfInput,
    readInputs,
    ownInputs: OWN_INPUT_NAMES,
    ownProblems: () => problems,
    lenientInputs: false,
    debug: job.isTraced,
    defaultTimeout: agentTime(job, clock.now()),
    isInternalVariable,
    keylessByDesign: () => ignored ?? (fork ? forkReason(job) : undefined),
    facts: () => jobFacts(job, env, apiWithin(FACTS_TIME)),
    keyRemedy: keyRemedy(job),
    // GitLab masks only what its settings name. A job cannot add to that, so core redacts.
    mask: () => {},
    painter,
    announce: (links) => writeAnnotations(links, { resultFolder, files }),
    remember: async (recordPath) => {
      await files.write(pointer, recordPath, { mode: 0o600 })
      // Keeps the agent from committing our files. A folder that the user chose is left as it is.
      const ownFolder = join(job.projectDir, OWN_FOLDER)
      if (resultFolder.startsWith(`${ownFolder}/`)) await files.write(join(ownFolder, '.gitignore'), '*\n')
    },
    recalled: async () => {
      const known = (await files.info(pointer)) !== undefined
      return known ? files.readText(pointer) : undefined
    },
    publish: async (report) => {
      const dotenv = { prefix: own.outputPrefix, projectDir: job.projectDir }
      await writeReports(report, { resultFolder, dotenv, files })
      const place = notePlace(job, comment)
      if (!own.note || place === undefined || ignored !== undefined || fork) return
      const topic = comment === undefined ? job.name : `${job.name}#${comment.id}`
      const { result, summary } = report
      const content = { place, topic, jobName: job.name, jobUrl: job.url, result, summary }
      const timeLeft = limit === undefined ? undefined : limit - (clock.elapsed() - started)
      const { kind, message } = await keepNote(content, { env, apiUrl: job.apiUrl, timeLeft, ports })
      const level = kind === 'kept' ? 'info' : 'warning'
      await ports.log.write(painter.paint({ kind: 'note', level, text: message }))
    },
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
function withPrompt(raw: RawInputs, prompt: string): RawInputs {
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
