import { join } from 'node:path'
import { type Ci, type Environment, type Files, type JobFact, type Ports, spell } from '@oz-agent/core'
import * as z from 'zod/mini'

const MINUTE = 60_000

/** A hosted job may take 360 minutes; the agent is stopped while there is time left to report. */
const DEFAULT_TIMEOUT = 350 * MINUTE

/**
 * The runner sends SIGINT, 7.5 s later SIGTERM, 2.5 s later SIGKILL: within the first 7.5 s all is written.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/workflow-cancellation
 */
const WIND_DOWN = { cancelGrace: 4_000, deadlineGrace: 30_000 }

/**
 * A step's summary may take 1 MiB; outputs about 1 MB a job, of which two values can be large.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
const LIMITS = { outputBytes: 400_000, summaryBytes: 1_000_000, logBytes: 8_000_000 }

/** What GitHub is, and what is known of the job. The folder is this step's own (mode 0700): its results and its record lie there. */
export function gitHubCi(env: Environment, { files, machine }: Ports, folder: string): Ci {
  return {
    name: 'github-actions',
    jobUrl: jobUrl(env),
    commit: env.GITHUB_SHA,
    limits: LIMITS,
    windDown: WIND_DOWN,
    env,
    checkout: env.GITHUB_WORKSPACE || machine.cwd,
    resultFolder: folder,
    stepFolder: folder,
    toolFolder: env.RUNNER_TOOL_CACHE ? join(env.RUNNER_TOOL_CACHE, 'oz-agent') : undefined,
    nameOf: (id) => spell(id, 'snake'),
    lenientInputs: true,
    debug: env.RUNNER_DEBUG === '1',
    defaultTimeout: DEFAULT_TIMEOUT,
    isInternalVariable,
    keylessByDesign: () => reasonForNoSecrets(env, files),
    facts: () => jobFacts(env, files),
    keyRemedy:
      'Store it as a secret of the repository or organisation and pass it: `warp_api_key: ${{ secrets.WARP_API_KEY }}`.',
  }
}

function jobUrl(env: Environment): string | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = env
  if (!server || !repository || !run) return undefined
  return `${server}/${repository}/actions/runs/${run}/attempts/${env.GITHUB_RUN_ATTEMPT || '1'}`
}

/**
 * What belongs to the runner and the action rather than to the job: tokens, command files, inputs.
 * `RUNNER_TRACKING_ID` is not among them: by it the runner finds processes that a job leaves behind.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/variables
 */
const NAMES = new Set([
  'GITHUB_ENV',
  'GITHUB_OUTPUT',
  'GITHUB_PATH',
  'GITHUB_STATE',
  'GITHUB_STEP_SUMMARY',
  'GITHUB_ACTION_PATH',
])
const PREFIXES = ['INPUT_', 'STATE_', 'ACTIONS_']

export function isInternalVariable(name: string): boolean {
  const upper = name.toUpperCase()
  return NAMES.has(upper) || PREFIXES.some((prefix) => upper.startsWith(prefix))
}

/**
 * What `doctor` should tell of a job on GitHub: where it runs, what started it, and whether it can have secrets.
 * The rights of `GITHUB_TOKEN` stand nowhere in a job, so they are not told.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/variables
 */
export async function jobFacts(
  env: Environment,
  files: Pick<Files, 'readText'>,
): Promise<readonly JobFact[]> {
  const event = env.GITHUB_EVENT_NAME || 'unknown event'
  const runner = [env.RUNNER_ENVIRONMENT, env.RUNNER_OS, env.RUNNER_ARCH].filter(Boolean).join(' ')
  const noSecrets = await reasonForNoSecrets(env, files)
  return [
    {
      title: 'Event',
      finding: { status: 'ok', summary: `${event} by ${env.GITHUB_ACTOR || 'nobody known'}` },
    },
    { title: 'Runner', finding: { status: 'ok', summary: runner || 'unknown' } },
    {
      title: 'Secrets',
      finding:
        noSecrets === undefined
          ? { status: 'ok', summary: 'this kind of job can have secrets' }
          : {
              status: 'warning',
              summary: noSecrets,
              repair:
                'Run the agent on branches of this repository, or on an event of the base repository that checks who triggers it.',
            },
    },
  ]
}

/**
 * Why a job of this kind gets no secrets: pull requests from forks and by Dependabot.
 * Undefined when it should have had them.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows#pull_request
 */
export async function reasonForNoSecrets(
  env: Environment,
  files: Pick<Files, 'readText'>,
): Promise<string | undefined> {
  const fromPullRequest = env.GITHUB_EVENT_NAME?.startsWith('pull_request') ?? false
  if (!fromPullRequest || env.GITHUB_EVENT_NAME === 'pull_request_target') return undefined
  if (env.GITHUB_ACTOR === 'dependabot[bot]') {
    return 'jobs that Dependabot starts get no Actions secrets (only Dependabot secrets)'
  }
  const event = await readEvent(env.GITHUB_EVENT_PATH, files)
  const pull = event?.pull_request
  if (pull === undefined) return undefined
  const head = pull.head.repo?.full_name
  const base = event?.repository?.full_name ?? env.GITHUB_REPOSITORY
  return head === base ? undefined : `pull requests from forks (${head ?? 'deleted fork'}) get no secrets`
}

const repository = z.object({ full_name: z.string() })
const eventSchema = z.object({
  pull_request: z.optional(z.object({ head: z.object({ repo: z.nullish(repository) }) })),
  repository: z.optional(repository),
})

/**
 * What triggered the job, as far as it tells a fork: the file that `GITHUB_EVENT_PATH` names; undefined when it cannot
 * be read. Source: https://docs.github.com/actions/reference/workflows-and-actions/variables
 */
export async function readEvent(path: string | undefined, files: Pick<Files, 'readText'>) {
  if (!path) return undefined
  try {
    return eventSchema.parse(JSON.parse(await files.readText(path)))
  } catch {
    // An event that we cannot read proves nothing: the missing key is then told as such.
    return undefined
  }
}
