import { findCli } from '../../src/install/resolve.ts'
import { copy, unpack } from '../../src/node/archives.ts'
import { createNodeFiles } from '../../src/node/files.ts'
import { request } from '../../src/node/http.ts'
import { createNodeClock, createNodeProcesses, readMachine } from '../../src/node/ports.ts'
import { LATEST } from './cli-bench.ts'

/** One install in a process of its own: `install-process.ts <tool folder> <download URL> <version>`. Prints `ready`, then the CLI as JSON. */
const [toolFolder, downloadUrl, version = 'latest'] = process.argv.slice(2)

process.stdout.write('ready\n')
const cli = await findCli(
  { ...LATEST, downloadUrl, version },
  {
    ports: {
      clock: createNodeClock(),
      files: createNodeFiles(),
      processes: createNodeProcesses(),
      machine: { ...readMachine(), platform: 'linux', arch: 'x64' },
      http: { request },
      archives: { copy, unpack },
    },
    env: { PATH: '' },
    probeEnv: { PATH: '/usr/bin:/bin' },
    toolFolder,
    nameOf: (id) => id,
    say: (level, line) => process.stderr.write(`${level}: ${line}\n`),
  },
)
process.stdout.write(`${JSON.stringify(cli)}\n`)
