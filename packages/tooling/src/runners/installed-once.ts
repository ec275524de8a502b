import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { toolsFolder } from '../paths.ts'
import { missing, type RunnerState } from './runner.ts'

/** Where one version of one runner is kept. */
export function runnerFolder(name: string, version: string): string {
  return join(toolsFolder, 'runners', `${name}-${version}`)
}

/**
 * Installs a version into a folder of its own, once: the last thing that it writes is a stamp.
 * `install` returns the binary's path, or why it could not be installed.
 */
export async function installedOnce(
  name: string,
  version: string,
  binary: string,
  install: (folder: string) => Promise<{ problem: string } | undefined>,
): Promise<RunnerState> {
  const folder = runnerFolder(name, version)
  const ready: RunnerState = { kind: 'ready', path: join(folder, binary), version }
  const stamp = join(folder, '.installed')
  if (existsSync(stamp)) return ready
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const failure = await install(folder)
  if (failure) return missing(failure.problem)
  if (!existsSync(ready.path)) return missing(`its installation brought no ${binary}`)
  await writeFile(stamp, version)
  return ready
}
