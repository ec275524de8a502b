import { join, resolve } from 'node:path'
import type { CiHost, Environment, PlatformCache, Ports, RawInputs, StepReport } from '@oz-agent/core'
import { createGitlabApi, type GitlabApi } from '../api/gitlab-api.ts'
import type { Comment } from '../mention/payload.ts'
import { readMention } from '../mention/read-mention.ts'
import { renderAnnotations } from './annotations.ts'
import { agentTime, CANCEL_GRACE, DEADLINE_GRACE } from './deadline.ts'
import { renderDotenv } from './dotenv.ts'
import { type GitlabJob, isFromFork, readGitlabJob } from './gitlab-job.ts'
import { nameOfInput, OWN_INPUT_NAMES, readInputVariables, readOwnInputs, withSecrets } from './inputs.ts'
import { isInternalVariable } from './internal-variables.ts'
import { jobFacts } from './job-facts.ts'
import { keepNote, say } from './note.ts'
import { createGitlabPainter } from './painter.ts'

/** GitLab keeps 4 MB of a log: https://docs.gitlab.com/administration/cicd/job_logs/ ; the rest is for our own words. */
const LOG_BYTES = 3_500_000
const SUMMARY_BYTES = 200_000
const OUTPUT_BYTES = 8_000
const MENTION_TIME = 30_000
/** `doctor` has ten seconds for everything. */
const FACTS_TIME = 2_000
const OWN_FOLDER = '.oz-agent'

/** A job's host, and where its record is remembered for `after_script`. */
export interface GitlabHost extends CiHost {
  recalled(): Promise<string | undefined>
}

export interface GitlabPorts extends Ports {
  /** A cache between jobs in a folder, which GitLab's `cache:paths` carries from one to the next. */
  folderCache(folder: string): PlatformCache
}

/**
 * GitLab as core sees it.
 * @param phase `after` reads no comment again: what it asked for was decided in the job.
 */
export function createGitlabHost(env: Environment, ports: GitlabPorts, phase: 'job' | 'after'): GitlabHost {
  const { clock, files, machine } = ports
  const job = readGitlabJob(env, machine.cwd)
  const resultFolder = resolve(job.projectDir, env.OZ_RESULT_FOLDER || join(OWN_FOLDER, job.slug))
  const scratch = join(machine.temp, `oz-agent-${job.id}`)
  const pointer = `${scratch}.record`
  const painter = createGitlabPainter({ now: () => Math.floor(clock.now() / 1000) })
  const variables = readInputVariables(env)
  const { own, problems } = readOwnInputs(variables)
  const fork = isFromFork(job)
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
    const order = {
      env,
      files,
      api: apiWithin(MENTION_TIME),
      projectId: job.projectId,
      word: own.mention,
      minimumRole: own.minimumRole,
    }
    const mention = await readMention(order)
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
    // A stranger's code, or a comment that is none of ours, does not meet the key.
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
    // GitLab masks what its settings call masked; a job cannot add to that, so core's redaction has to do.
    mask: () => {},
    painter,
    announce: async (identity) => {
      const annotations = renderAnnotations(identity)
      if (annotations !== undefined) await files.write(join(resultFolder, 'annotations.json'), annotations)
    },
    remember: async (recordPath) => {
      await files.write(pointer, recordPath, { mode: 0o600 })
      // Keeps the agent from committing our files; a folder that the user chose is the user's.
      const ownFolder = join(job.projectDir, OWN_FOLDER)
      if (resultFolder.startsWith(`${ownFolder}/`)) await files.write(join(ownFolder, '.gitignore'), '*\n')
    },
    recalled: async () => {
      const known = (await files.info(pointer)) !== undefined
      return known ? files.readText(pointer) : undefined
    },
    publish: async (report) => {
      await writeReports(report, { resultFolder, job, prefix: own.outputPrefix, files })
      const place = notePlace(job, comment)
      if (!own.note || place === undefined || ignored !== undefined || fork) return
      const topic = comment === undefined ? job.name : `${job.name}#${comment.id}`
      const { result, summary } = report
      const order = { place, topic, jobName: job.name, jobUrl: job.url, result, summary }
      const end = await keepNote(order, { env, apiUrl: job.apiUrl, ports })
      await say(painter, ports.log, end.kind === 'kept' ? 'info' : 'warning', end.message)
    },
  }
}

interface ReportPlaces {
  readonly resultFolder: string
  readonly job: GitlabJob
  readonly prefix: string
  readonly files: Ports['files']
}

async function writeReports(report: StepReport, { resultFolder, job, prefix, files }: ReportPlaces) {
  const { run } = report.result
  const identity = {
    ...(run.url !== null && { runUrl: run.url }),
    ...(run.session_url !== null && { sessionUrl: run.session_url }),
  }
  const annotations = renderAnnotations(identity, report.outputs.pullRequestUrl)
  const written: [name: string, content: string | undefined][] = [
    ['outputs.env', renderDotenv(report.outputs, { prefix, projectDir: job.projectDir })],
    ['annotations.json', annotations],
    ['summary.md', report.summary],
  ]
  for (const [name, content] of written) {
    if (content !== undefined) await files.write(join(resultFolder, name), content)
  }
}

function notePlace(job: GitlabJob, comment: Comment | undefined) {
  if (comment !== undefined) {
    return { projectId: comment.projectId, kind: comment.place.kind, iid: comment.place.iid }
  }
  if (job.mergeRequest === undefined) return undefined
  return { projectId: job.mergeRequest.projectId, kind: 'merge_requests' as const, iid: job.mergeRequest.iid }
}

/** The comment follows what the template asks for anyway; without that it stands alone. */
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
