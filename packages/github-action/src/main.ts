import { dirname, join } from 'node:path'
import { afterStep, createNodePorts, runStep, settle } from '@oz-agent/core'
import { createActionsCache } from './cache.ts'
import { createGitHubHost, RECORD_STATE } from './reporter.ts'

/** The action's main step: runs the agent, and ends this process with the exit code of the outcome. */
export async function main(): Promise<void> {
  const ports = createNodePorts()
  const folder = join(process.env.RUNNER_TEMP || ports.machine.temp, `oz-agent-${crypto.randomUUID()}`)
  const host = { ...createGitHubHost(process.env, ports, folder), platformCache: createActionsCache() }
  process.exit(await settle(runStep(host, ports), ports.log))
}

/** The action's post step: cleans up after a main step that was killed, and ends this process. */
export async function post(): Promise<void> {
  const ports = createNodePorts()
  const record = process.env[`STATE_${RECORD_STATE}`] ?? ''
  await afterStep(createGitHubHost(process.env, ports, dirname(record)), ports, record)
  process.exit(0)
}
