import { afterStep, createFolderCache, createNodePorts, runStep, settle } from '@oz-agent/core'
import { eager } from '@oz-agent/core/eager'
import { createGitlabHost } from './job/host.ts'

// Users copy one file into their repository: the program must not load parts of itself later.
if (eager.length === 0) throw new TypeError('a part of the program is missing')

const ports = { ...createNodePorts(), folderCache: createFolderCache }
if (process.argv[2] === 'after') {
  const host = createGitlabHost(process.env, ports, 'after')
  await afterStep(host, ports, await host.recalled())
  process.exit(0)
}
process.exit(await settle(runStep(createGitlabHost(process.env, ports, 'job'), ports), ports.log))
