import { join } from 'node:path'
import { attempt } from './attempt.ts'
import { installedOnce } from './installed-once.ts'
import type { RunnerState } from './runner.ts'

/** Installs a package from PyPI into a virtual environment of its own. */
export function fromPypi(command: string, version: string, packageName = command): Promise<RunnerState> {
  return installedOnce(command, version, `bin/${command}`, async (folder) => {
    // Debian keeps venv in a package of its own (python3-venv).
    const failure = await attempt('python3', ['-m', 'venv', folder])
    if (failure) return failure
    return attempt(join(folder, 'bin/pip'), ['install', '--quiet', `${packageName}==${version}`])
  })
}
