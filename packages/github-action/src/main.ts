import { dirname, join } from 'node:path'
import { afterStep, createNodePorts, runStep, settle } from '@oz-agent/core'
import { createActionsCache } from './cache.ts'
import { createGitHubHost } from './reporter.ts'

/** The state by which the post step finds what the main step left; arrives there as `STATE_…`. */
export const RECORD_STATE = 'oz_agent_record'

/** Runs the agent; ends this process. */
export async function main(): Promise<void> {
  const ports = createNodePorts()
  const folder = join(process.env.RUNNER_TEMP || ports.machine.temp, `oz-agent-${crypto.randomUUID()}`)
  const host = { ...createGitHubHost(process.env, ports, folder), platformCache: createActionsCache() }
  process.exit(await settle(runStep(host, ports), ports.log))
}

const ports = createNodePorts()
const record = process.env[`STATE_${RECORD_STATE}`] ?? ''
await afterStep(createGitHubHost(process.env, ports, dirname(record)), ports, record)
process.exit(0)
