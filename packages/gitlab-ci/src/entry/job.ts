import { afterStep, createFolderCache, createNodePorts, runStep, settle } from '@oz-agent/core'
import * as network from '@oz-agent/core/network'
import { createGitlabHost } from '../job/host.ts'

const ports = { ...createNodePorts(async () => network), folderCache: createFolderCache }
if (process.argv[2] === 'after') {
  const host = createGitlabHost(process.env, ports, 'after')
  await afterStep(host, ports, await host.recalled())
  process.exit(0)
}
process.exit(await settle(runStep(createGitlabHost(process.env, ports, 'job'), ports), ports.log))
