import { cleanUpStep, createFolderCache, createNodePorts, runStep, settle } from '@oz-agent/core'
import * as onDemand from '@oz-agent/core/on-demand'
import { createGitLabAdapter } from './adapter.ts'

// Users copy one file into their repository: the program must not load parts of itself later.
const ports = { ...createNodePorts(async () => onDemand), folderCache: createFolderCache }
const { env } = process

if (process.argv[2] === 'after') {
  await cleanUpStep(await createGitLabAdapter(env, ports, 'after'), ports)
  process.exit(0)
}
process.exit(
  await settle(
    createGitLabAdapter(env, ports, 'job').then((job) => runStep(job, ports)),
    ports.log,
  ),
)
