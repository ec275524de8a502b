import { attempt } from './attempt.ts'
import { installedOnce } from './installed-once.ts'
import type { RunnerState } from './runner.ts'

/** Installs a package from npm, without its install scripts; its command is where npm links it, or at a path inside. */
export function fromNpm(
  name: string,
  version: string,
  binary = `node_modules/.bin/${name}`,
): Promise<RunnerState> {
  return installedOnce(name, version, binary, (folder) => {
    const quiet = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error', '--ignore-scripts']
    return attempt('npm', ['install', '--prefix', folder, ...quiet, `${name}@${version}`])
  })
}
