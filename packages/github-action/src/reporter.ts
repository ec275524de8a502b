import { join } from 'node:path'
import {
  type CiHost,
  type Environment,
  type Files,
  type InputId,
  type LogPainter,
  messageOf,
  outcomeNamed,
  type Ports,
  type StepReport,
  spell,
} from '@oz-agent/core'
import { isInternalVariable, jobFacts, reasonForNoSecrets } from './ci.ts'
import { readGitHubInputs } from './inputs.ts'
import { createGitHubPainter } from './log-format.ts'

/** Appends values to a command file of the runner; without one (an old runner, a bare shell) they are nowhere to go. */
export function appendKeyValues(
  path: string | undefined,
  values: Readonly<Record<string, string>>,
  files: Pick<Files, 'append'>,
): void {
  if (!path) return
  const blocks = Object.entries(values).map(([key, value]) => keyValueBlock(key, value))
  const file = files.append(path)
  file.write(blocks.join(''))
  file.close()
}

/**
 * One entry of `GITHUB_OUTPUT` or `GITHUB_STATE`. The delimiter is random, so that no value can end its own block;
 * a value that holds it all the same (it would have to guess) is refused.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#multiline-strings
 */
export function keyValueBlock(key: string, value: string, delimiter = `oz_${crypto.randomUUID()}`): string {
  if (key.includes(delimiter) || value.includes(delimiter)) {
    throw new Error(`the value of ${key} holds the delimiter of its own block`)
  }
  return `${key}<<${delimiter}\n${value}\n${delimiter}\n`
}

/**
 * Workflow commands: lines of standard output that the runner obeys.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export function command(
  name: string,
  message: string,
  properties: Readonly<Record<string, string>> = {},
): string {
  const list = Object.entries(properties)
    .filter(([, value]) => value !== '')
    .map(([key, value]) => `${key}=${escapeProperty(value)}`)
    .join(',')
  return `::${name}${list === '' ? '' : ` ${list}`}::${escapeData(message)}\n`
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

/** Hides a secret in the log from here on; the runner masks line by line, so each line is named. */
export function maskCommands(secret: string): string {
  const lines = secret.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '')
  const whole = lines.length > 1 ? [secret] : []
  return [...whole, ...lines].map((line) => command('add-mask', line)).join('')
}

/** The state by which the post step finds what the main step left; arrives there as `STATE_…`. */
export const RECORD_STATE = 'oz_agent_record'

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

/** GitHub as core sees it. The folder is this step's own; its result, transcript and record lie there. */
export function createGitHubHost(env: Environment, ports: Ports, folder: string): CiHost {
  const painter = createGitHubPainter()
  const write = (text: string) => ports.log.write(text)
  return {
    ci: { name: 'github-actions', jobUrl: jobUrl(env), commit: env.GITHUB_SHA },
    limits: LIMITS,
    windDown: WIND_DOWN,
    env,
    checkout: env.GITHUB_WORKSPACE || ports.machine.cwd,
    resultFolder: folder,
    privateFolder: join(folder, 'private'),
    toolFolder: env.RUNNER_TOOL_CACHE ? join(env.RUNNER_TOOL_CACHE, 'oz-agent') : undefined,
    nameOf: (id: InputId) => spell(id, 'snake'),
    readInputs: () => readGitHubInputs(env),
    lenientInputs: true,
    debug: env.RUNNER_DEBUG === '1',
    defaultTimeout: DEFAULT_TIMEOUT,
    isInternalVariable,
    keylessByDesign: () => reasonForNoSecrets(env, ports.files),
    facts: () => jobFacts(env, ports.files),
    keyRemedy:
      'Store it as a secret of the repository or organisation and pass it: `warp_api_key: ${{ secrets.WARP_API_KEY }}`.',
    mask: (secret) => write(maskCommands(secret)),
    painter,
    remember: (recordPath) => appendKeyValues(env.GITHUB_STATE, { [RECORD_STATE]: recordPath }, ports.files),
    publish: (report) => publish(report, env, ports, painter),
  }
}

function jobUrl(env: Environment): string | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = env
  if (!server || !repository || !run) return undefined
  return `${server}/${repository}/actions/runs/${run}/attempts/${env.GITHUB_RUN_ATTEMPT || '1'}`
}

async function publish(
  { result, outputs, summary }: StepReport,
  env: Environment,
  ports: Ports,
  painter: LogPainter,
): Promise<void> {
  const named = Object.entries(outputs).map(([id, value]) => [spell(id, 'snake'), value])
  appendKeyValues(env.GITHUB_OUTPUT, Object.fromEntries(named), ports.files)
  await writeSummary(summary, env.GITHUB_STEP_SUMMARY, ports, painter)
  const { verdict } = outcomeNamed(result.outcome)
  const title = `Oz agent: ${result.outcome}`
  const { message = result.reason, remedy } = result.error ?? {}
  const text = remedy ? `${message}\n${remedy}` : message
  if (verdict === 'neutral')
    await ports.log.write(painter.paint({ kind: 'note', level: 'notice', title, text }))
  if (verdict === 'failure')
    await ports.log.write(painter.paint({ kind: 'note', level: 'error', title, text }))
}

/** A summary is for people to read: without it, the step is what it was. */
async function writeSummary(
  summary: string | undefined,
  path: string | undefined,
  { files, log }: Ports,
  painter: LogPainter,
): Promise<void> {
  if (summary === undefined || !path) return
  try {
    const file = files.append(path)
    file.write(summary)
    file.close()
  } catch (error) {
    const text = `The step summary could not be written: ${messageOf(error)}`
    await log.write(painter.paint({ kind: 'note', level: 'warning', text }))
  }
}
