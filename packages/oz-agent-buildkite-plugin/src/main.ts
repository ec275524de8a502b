import { dirname, join } from 'node:path'
import {
  createNodePorts,
  type Environment,
  type Milliseconds,
  messageOf,
  type Ports,
  runStep,
} from '@oz-agent/core'
import { createAdapter } from './adapter.ts'
import { createAgentCommands } from './buildkite-agent/commands.ts'
import { createJobApi, type JobApi } from './buildkite-agent/job-api.ts'
import { cleanUp } from './cleanup.ts'
import { checkMode, readConfiguration } from './inputs/configuration.ts'
import { takeUseFolders } from './job-folder.ts'
import { changedGroup, errorGroup, errorStatus } from './log-format.ts'
import { runOnFailure } from './on-failure/on-failure.ts'
import { hookStatus, SETUP_FAILURE } from './on-failure/run-command.ts'
import { hasCommand } from './on-failure/step-command.ts'
import { readOwnFiles } from './own-files.ts'

const VERSION_LIMIT: Milliseconds = 5_000

/** The `command` hook: runs the step and ends the process with the step's exit status. */
export async function command(): Promise<never> {
  const env = jobEnvironment(process.env)
  process.exit(await withOwnFiles(env, createNodePorts(), runCommandHook))
}

/** The `pre-exit` hook: finishes what a killed step left. It never changes the exit status of the job. */
export async function preExit(): Promise<never> {
  const env = jobEnvironment(process.env)
  await cleanUp(env, createNodePorts(), createJobApi(env))
  process.exit(0)
}

/**
 * The job's environment. The hooks start Node without the job's `NODE_OPTIONS`, which may load a tracer or a module
 * that this program does not have, and pass them in `OZ_AGENT_NODE_OPTIONS`.
 */
export function jobEnvironment({ OZ_AGENT_NODE_OPTIONS: nodeOptions, ...env }: Environment): Environment {
  return nodeOptions === undefined ? env : { ...env, NODE_OPTIONS: nodeOptions }
}

/**
 * Runs a hook, and sees to it that a later hook of this plugin runs nothing that the agent wrote. The sums are for
 * `hooks/pre-exit`, should this hook be killed.
 */
async function withOwnFiles(env: Environment, ports: Ports, hook: typeof runCommandHook): Promise<number> {
  const own = await readOwnFiles(join(dirname(process.argv[1] ?? ''), '..'), ports.files)
  const status = await hook(env, ports, createJobApi(env), own.sums)
  const changed = await own.putBack().catch((error: unknown) => [messageOf(error)])
  if (changed.length > 0) await ports.log.write(changedGroup(changed))
  return status
}

/**
 * Runs the agent, or the step's own command and the agent when that fails.
 * Returns the exit status of the hook. Never rejects.
 */
async function runCommandHook(env: Environment, ports: Ports, jobApi: JobApi, sums: string): Promise<number> {
  try {
    const configuration = readConfiguration(env)
    const folders = await takeUseFolders(env, ports.machine, ports.files)
    await ports.files.write(join(folders.jobFolder, 'plugin.sha256'), sums, { mode: 0o600 })
    const checkout = env.BUILDKITE_BUILD_CHECKOUT_PATH || ports.machine.cwd
    const problems = checkMode(configuration, hasCommand(env))
    const parts = { env, ports, jobApi, configuration, folders, checkout, problems }
    if (configuration.own.mode === 'on-failure') {
      const status = await runOnFailure(parts)
      if (status !== SETUP_FAILURE) return status
      const version = await createAgentCommands(env, checkout, ports).getVersion(VERSION_LIMIT)
      return hookStatus(status, version.ok ? version.stdout : undefined)
    }
    const { adapter, rememberCheckout } = await createAdapter(parts)
    await rememberCheckout()
    return (await runStep(adapter, ports)).exitCode
  } catch (error) {
    await ports.log.write(errorGroup(error))
    return errorStatus(error)
  }
}
