import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { createNodePorts, runStep, settle } from '@oz-agent/core'
import { createActionsCache } from '../cache.ts'
import { createGitHubHost } from '../host.ts'

const ports = createNodePorts()
const folder = join(process.env['RUNNER_TEMP'] || ports.machine.temp, `oz-agent-${randomUUID()}`)
const host = { ...createGitHubHost(process.env, ports, folder), platformCache: createActionsCache() }
process.exit(await settle(runStep(host, ports), ports.log))
