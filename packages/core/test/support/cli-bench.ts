import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spell } from '../../src/contract/names.ts'
import type { CliRequest } from '../../src/contract/request.ts'
import type { CliContext, CliPorts } from '../../src/install/search.ts'
import { copy, unpack } from '../../src/node/archives.ts'
import { createNodeFiles } from '../../src/node/files.ts'
import { request } from '../../src/node/http.ts'
import { createNodeClock, createNodeProcesses, readMachine } from '../../src/node/ports.ts'

/** A folder of its own to find CLIs in, with what was said and how long was waited. */
export interface CliBench extends AsyncDisposable {
  readonly folder: string
  readonly toolFolder: string
  readonly context: CliContext
  /** Lines as `level: text`. */
  readonly said: string[]
  /** Waits between tries, in milliseconds; they pass at once. */
  readonly waits: number[]
}

/** A limit that no test waits for, and that no busy machine exceeds. */
const UNHURRIED = 20_000

/** The real ports, with waits that pass at once and time limits that suit a test. */
export async function createCliBench({
  stallTimeout = UNHURRIED,
  ...changes
}: Partial<Omit<CliContext, 'ports'>> & {
  readonly ports?: Partial<CliPorts>
  /** How long a server may send nothing, in ms; long enough for a busy machine if not given. */
  readonly stallTimeout?: number
} = {}): Promise<CliBench> {
  const folder = await mkdtemp(join(tmpdir(), 'find-cli-'))
  const toolFolder = join(folder, 'tools')
  const said: string[] = []
  const waits: number[] = []
  const http = { request }
  const clock = createNodeClock()
  const env = { PATH: join(folder, 'bin'), HOME: join(folder, 'home') }
  return {
    folder,
    toolFolder,
    said,
    waits,
    context: {
      env,
      probeEnv: { PATH: '/usr/bin:/bin' },
      toolFolder,
      nameOf: (id) => spell(id, 'snake'),
      say: (level, line) => said.push(`${level}: ${line}`),
      ...changes,
      ports: {
        clock: {
          ...clock,
          async sleep(milliseconds) {
            waits.push(milliseconds)
          },
        },
        files: createNodeFiles(),
        processes: createNodeProcesses(),
        machine: {
          ...readMachine(),
          platform: 'linux',
          arch: 'x64',
          home: join(folder, 'home'),
          temp: folder,
          cwd: folder,
        },
        http: { request: (asked) => http.request({ connectTimeout: UNHURRIED, stallTimeout, ...asked }) },
        archives: { copy, unpack },
        ...changes.ports,
      },
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}

export const LATEST: CliRequest = {
  channel: 'stable',
  version: 'latest',
  path: undefined,
  sha256: undefined,
  downloadUrl: undefined,
}
