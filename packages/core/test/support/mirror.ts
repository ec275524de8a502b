import { createHash } from 'node:crypto'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { RunnerError } from '../../src/errors.ts'
import { archiveOf, cliScript, releaseTree, VERSION } from './cli-archive.ts'
import type { CliBench } from './cli-bench.ts'
import { type Reply, startScriptedServer } from './scripted-server.ts'

const fileOf = (version: string) => `/stable/${version}/cli/linux/x86_64/warp-stable-linux-x86_64.tar.gz`
/** The latest release's archive. */
export const body = await archiveOf(releaseTree())
/** Its SHA-256. */
export const SUM = createHash('sha256').update(body).digest('hex')

/** A mirror of the service whose latest version can be changed. */
export async function startMirror(latest = VERSION) {
  const state = { latest, ask: undefined as Reply | undefined }
  const archives = new Map([[VERSION, body]])
  const server = await startScriptedServer((base) => ({
    '/download/cli': [state.ask ?? { status: 302, headers: { location: base + fileOf(state.latest) } }],
    ...Object.fromEntries([...archives].map(([version, content]) => [fileOf(version), [{ body: content }]])),
  }))
  return {
    ...server,
    state,
    async release(version: string) {
      archives.set(version, await archiveOf(releaseTree(version)))
      state.latest = version
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

/** An executable script. */
export async function putCli(path: string, script = cliScript()): Promise<string> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, script)
  await chmod(path, 0o755)
  return path
}

/** The expected failure of a run; anything else fails the test. */
export const failureOf = (run: Promise<unknown>): Promise<RunnerError> =>
  run.then(
    () => Promise.reject(new Error('nothing failed')),
    (error) => (error instanceof RunnerError ? error : Promise.reject(error)),
  )

/** The folder of the installed versions. */
export const storeOf = (bench: CliBench) => join(bench.toolFolder, 'oz-cli', 'stable')
