import { afterStep, createNodePorts, runStep } from '@oz-agent/core'
import { createGitlabHost } from '../job/host.ts'

const ports = createNodePorts()
if (process.argv[2] === 'after') {
  const host = createGitlabHost(process.env, ports, 'after')
  await afterStep(host, ports, await host.recalled())
  process.exit(0)
}
const end = await runStep(createGitlabHost(process.env, ports, 'job'), ports)
process.exit(end.exitCode)
