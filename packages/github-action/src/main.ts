import { dirname, join } from 'node:path'
import { getState } from '@actions/core'
import {
  type CiAdapter,
  cleanUpStep,
  createNodePorts,
  type Environment,
  type Ports,
  runStep,
  settle,
} from '@oz-agent/core'
import { createActionsCache } from './cache.ts'
import { gitHubCi } from './ci.ts'
import { guardCommandFiles } from './command-files.ts'
import { passesToAgent, readGitHubInputs } from './inputs.ts'
import { createGitHubLogFormat } from './log-format.ts'
import { createGitHubReporter, RECORD_STATE } from './reporter.ts'

/** The action's main step: runs the agent, and ends this process with the exit code of the outcome. */
export async function main(): Promise<void> {
  const ports = createNodePorts()
  const folder = join(process.env.RUNNER_TEMP || ports.machine.temp, `oz-agent-${crypto.randomUUID()}`)
  process.exit(await settle(runStep(gitHubAdapter(process.env, folder, ports), ports), ports.log))
}

/** The action's post step: cleans up after a main step that was killed, and ends this process. */
export async function post(): Promise<void> {
  const ports = createNodePorts()
  const record = getState(RECORD_STATE)
  await cleanUpStep(gitHubAdapter(process.env, dirname(record), ports), ports, record)
  process.exit(0)
}

/** GitHub, as core sees it; the folder is this step's own. */
export function gitHubAdapter(env: Environment, folder: string, ports: Ports): CiAdapter {
  const logFormat = createGitHubLogFormat()
  const raw = readGitHubInputs(env)
  const commandFiles = guardCommandFiles(env, (name) => passesToAgent(raw, name))
  return {
    ci: { ...gitHubCi(env, ports, folder), platformCache: createActionsCache() },
    inputs: { raw },
    reporter: createGitHubReporter(env, logFormat, ports.log, commandFiles),
    logFormat,
  }
}
