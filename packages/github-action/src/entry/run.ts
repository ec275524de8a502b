import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { createNodePorts, runStep } from '@oz-agent/core'
import { createGitHubHost } from '../host.ts'

const ports = createNodePorts()
const folder = join(process.env['RUNNER_TEMP'] || ports.machine.temp, `oz-agent-${randomUUID()}`)
const end = await runStep(createGitHubHost(process.env, ports, folder), ports)
process.exit(end.exitCode)
