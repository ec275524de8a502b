import { join } from 'node:path'
import { createNodePorts, runStep, settle } from '@oz-agent/core'
import { createActionsCache } from '../cache.ts'
import { createGitHubHost } from '../host.ts'

/** Runs the agent; ends this process. */
export async function main(): Promise<void> {
  const ports = createNodePorts()
  const folder = join(process.env.RUNNER_TEMP || ports.machine.temp, `oz-agent-${crypto.randomUUID()}`)
  const host = { ...createGitHubHost(process.env, ports, folder), platformCache: createActionsCache() }
  process.exit(await settle(runStep(host, ports), ports.log))
}
