import { attempt } from './attempt.ts'
import { installedOnce } from './installed-once.ts'
import type { RunnerState } from './runner.ts'

/** Installs a package from npm, without its install scripts; its command is what the package is called. */
export function fromNpm(name: string, version: string): Promise<RunnerState> {
  return installedOnce(name, version, `node_modules/.bin/${name}`, (folder) => {
    const quiet = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error', '--ignore-scripts']
    return attempt('npm', ['install', '--prefix', folder, ...quiet, `${name}@${version}`])
  })
}
