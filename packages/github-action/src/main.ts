import { basename, dirname, join, resolve } from 'node:path'
import { getState } from '@actions/core'
import {
  type CiAdapter,
  cleanUpStep,
  createNodePorts,
  type Environment,
  type Ports,
  runStep,
  type StepEnd,
  settle,
} from '@oz-agent/core'
import { createActionsCache } from './cache.ts'
import { gitHubCi } from './ci.ts'
import { guardCommandFiles } from './command-files.ts'
import { passesToAgent, readGitHubInputs } from './inputs.ts'
import { createGitHubLogFormat } from './log-format.ts'
import { createGitHubReporter, FOLDER_STATE } from './reporter.ts'

/** The name of a step's folder begins so; the rest is random. */
const FOLDER_PREFIX = 'oz-agent-'

/** The action's main step: runs the agent, and ends this process with the exit code of the outcome. */
export async function main(): Promise<void> {
  const ports = createNodePorts()
  process.exit(await settle(run(ports), ports.log))
}

async function run(ports: Ports): Promise<StepEnd> {
  const path = join(tempFolder(ports), FOLDER_PREFIX)
  let failure: unknown
  const folder = await ports.files.makeTempFolder(path).catch((error: unknown) => {
    failure = error
    return path + crypto.randomUUID()
  })
  const adapter = gitHubAdapter(process.env, folder, ports)
  // A step without a folder ends with that, as any other failure: outputs and an annotation tell of it.
  return runStep({ ...adapter, inputs: { ...adapter.inputs, failure } }, ports)
}

/** The action's post step: cleans up after a main step that was killed, and ends this process. */
export async function post(): Promise<void> {
  const ports = createNodePorts()
  const folder = getState(FOLDER_STATE)
  if (folder !== '') {
    if (isStepFolder(folder, tempFolder(ports)))
      await cleanUpStep(gitHubAdapter(process.env, folder, ports), ports)
    else await ports.log.write(`No clean-up: the state ${FOLDER_STATE} names no folder of this action.\n`)
  }
  process.exit(0)
}

function tempFolder({ machine }: Ports): string {
  return process.env.RUNNER_TEMP || machine.temp
}

/** The agent can write the state too: nothing but a folder that a main step makes is taken. */
function isStepFolder(folder: string, temp: string): boolean {
  return dirname(folder) === resolve(temp) && basename(folder).startsWith(FOLDER_PREFIX)
}

/** GitHub, as core sees it; the folder is this step's own. */
export function gitHubAdapter(env: Environment, folder: string, ports: Ports): CiAdapter {
  const logFormat = createGitHubLogFormat()
  const raw = readGitHubInputs(env)
  const commandFiles = guardCommandFiles(env, (name) => passesToAgent(raw, name))
  return {
    ci: { ...gitHubCi(env, ports, folder), platformCache: createActionsCache() },
    inputs: { raw },
    reporter: createGitHubReporter(env, folder, logFormat, ports.log, commandFiles),
    logFormat,
  }
}
