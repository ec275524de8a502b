import type { Environment, Ports } from '@oz-agent/core'
import type { JobApi } from '../agent/job-api.ts'
import { hookStatus } from '../command/exit-status.ts'
import { hasCommand } from '../command/step-command.ts'
import { readConfiguration } from '../configuration/read-configuration.ts'
import { takeUseFolders } from '../job/job-folder.ts'
import { checkMode } from './check-mode.ts'
import { runOnFailure } from './on-failure.ts'
import { runAgent } from './run-agent.ts'
import { tellFault } from './tell-fault.ts'

/** The command hook. Returns its exit status; never rejects, and never ends with 125. */
export async function runHook(env: Environment, ports: Ports, jobApi: JobApi): Promise<number> {
  try {
    const configuration = readConfiguration(env)
    const folders = await takeUseFolders(env, ports.machine, ports.files)
    const checkout = env.BUILDKITE_BUILD_CHECKOUT_PATH || ports.machine.cwd
    const problems = checkMode(configuration, hasCommand(env))
    const parts = { env, ports, jobApi, configuration, folders, checkout, problems }
    return hookStatus(await (configuration.own.mode === 'agent' ? runAgent(parts) : runOnFailure(parts)))
  } catch (error) {
    return tellFault(error, ports)
  }
}
