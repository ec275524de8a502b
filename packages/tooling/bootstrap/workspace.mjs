import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SetupError } from './error.mjs'
import { withLock } from './lock.mjs'
import { cleanEnvironment } from './npm.mjs'
import { root, toolsFolder } from './paths.mjs'

// Inside node_modules, so that it goes when that goes.
const stamp = join(root, 'node_modules/.installed-lockfile')

/** Installs the workspace's dependencies as the lockfile says, unless that was done for this very lockfile. */
export function ensureWorkspace(toolchain) {
  if (isInstalled()) return
  withLock(join(toolsFolder, 'lock'), () => {
    if (isInstalled()) return
    console.error('Installing the dependencies …')
    const args = [
      toolchain.pnpm,
      'install',
      '--frozen-lockfile',
      '--prefer-offline',
      '--reporter=append-only',
    ]
    const env = { ...cleanEnvironment(), CI: 'true' }
    const run = spawnSync(toolchain.node, args, { cwd: root, env, encoding: 'utf8', maxBuffer: 64 * 2 ** 20 })
    if (run.status !== 0) throw failed(run)
    writeFileSync(stamp, lockfileHash())
  })
}

function isInstalled() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === lockfileHash()
}

function lockfileHash() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'pnpm-lock.yaml')))
    .digest('hex')
}

function failed(run) {
  const said = run.error ? run.error.message : `${run.stdout}${run.stderr}`.trim()
  const outdated = said.includes('ERR_PNPM_OUTDATED_LOCKFILE')
  return new SetupError(
    `pnpm could not install the dependencies:\n${said}`,
    outdated
      ? 'A package.json was changed without the lockfile: run `npm run pnpm -- install` and commit pnpm-lock.yaml.'
      : 'Check that the npm registry can be reached (npm ping), behind a proxy also HTTPS_PROXY, then run the same command again.',
  )
}
