import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { execa } from 'execa'

/** One step of a workflow, as GitHub's runner would start it. */
export interface GitHubStep {
  /** The bundles of the action. */
  readonly main: string
  readonly post: string
  readonly nodePath: string
  /** The checkout that the step works in. */
  readonly workspace: string
  /** A folder for the runner's own files. */
  readonly runnerFolder: string
  readonly inputs: Readonly<Record<string, string>>
  /** Further variables of the job. */
  readonly env?: Readonly<Record<string, string>>
  /** Gets every line of the log as it comes. */
  readonly onLine?: (line: string) => void
}

/** What the runner has after the step. */
export interface GitHubStepEnd {
  readonly exitCode: number
  readonly postExitCode: number
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
  readonly log: string
}

/**
 * Runs the main and then the post bundle of an action with inputs as `INPUT_*` and the runner's command files.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export async function runGitHubStep(step: GitHubStep): Promise<GitHubStepEnd> {
  const files = await makeFiles(step.runnerFolder)
  const env = jobEnvironment(step, files)
  const main = await start(step, step.main, env)
  const state = parseKeyValues(await readFile(files.GITHUB_STATE, 'utf8'))
  const stateEnv = Object.fromEntries(Object.entries(state).map(([name, value]) => [`STATE_${name}`, value]))
  const post = await start(step, step.post, { ...env, ...stateEnv })
  return {
    exitCode: main.exitCode,
    postExitCode: post.exitCode,
    outputs: parseKeyValues(await readFile(files.GITHUB_OUTPUT, 'utf8')),
    summary: await readFile(files.GITHUB_STEP_SUMMARY, 'utf8'),
    log: main.log + post.log,
  }
}

const fileNames = [
  'GITHUB_OUTPUT',
  'GITHUB_STATE',
  'GITHUB_ENV',
  'GITHUB_PATH',
  'GITHUB_STEP_SUMMARY',
] as const
type CommandFiles = Record<(typeof fileNames)[number], string>

async function makeFiles(folder: string): Promise<CommandFiles> {
  await mkdir(join(folder, 'temp'), { recursive: true })
  const entries = fileNames.map((name) => [name, join(folder, name.toLowerCase())] as const)
  for (const [, file] of entries) await writeFile(file, '')
  return Object.fromEntries(entries) as CommandFiles
}

function jobEnvironment(step: GitHubStep, files: CommandFiles): Record<string, string> {
  const inputs = Object.entries(step.inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])
  return {
    PATH: process.env.PATH ?? '',
    HOME: step.runnerFolder,
    LANG: 'C.UTF-8',
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: step.workspace,
    GITHUB_REPOSITORY: 'org/repo',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_RUN_ID: '1',
    GITHUB_EVENT_NAME: 'push',
    RUNNER_TEMP: join(step.runnerFolder, 'temp'),
    ...files,
    ...Object.fromEntries(inputs),
    ...step.env,
  }
}

async function start(step: GitHubStep, bundle: string, env: Record<string, string>) {
  const child = execa(step.nodePath, [bundle], {
    cwd: step.workspace,
    env,
    extendEnv: false,
    reject: false,
    all: true,
    stdin: 'ignore',
    stripFinalNewline: false,
  })
  const onLine = step.onLine
  if (onLine) createInterface({ input: child.all }).on('line', onLine)
  const { exitCode, all } = await child
  return { exitCode: exitCode ?? 1, log: all }
}

/** Reads `name=value` lines and `name<<delimiter` blocks. */
export function parseKeyValues(text: string): Record<string, string> {
  const values: Record<string, string> = {}
  const lines = text.split('\n')
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? ''
    const block = /^([^=<]+)<<(.+)$/.exec(line)
    if (block) {
      const [, name = '', delimiter = ''] = block
      const end = lines.indexOf(delimiter, index + 1)
      if (end === -1) throw new Error(`the value of ${name} does not end: no line ${delimiter}`)
      values[name] = lines.slice(index + 1, end).join('\n')
      index = end
    } else if (line.includes('=')) {
      const at = line.indexOf('=')
      values[line.slice(0, at)] = line.slice(at + 1)
    }
  }
  return values
}
