import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SetupError } from './error.mjs'
import { withLock } from './lock.mjs'
import { nodePackageFor } from './node-package.mjs'
import { cleanEnvironment, npmCommand } from './npm.mjs'
import { root, toolsFolder } from './paths.mjs'

const wantedMajor = 24

/**
 * Finds or installs the two programs that everything else needs.
 * Returns the absolute paths of Node 24's binary and of pnpm's script.
 */
export function ensureToolchain() {
  const pnpmVersion = wantedPnpm()
  const ownNodeFits = Number(process.versions.node.split('.')[0]) === wantedMajor
  const node = ownNodeFits ? undefined : nodePackageFor(process.platform, process.arch)

  const packages = { pnpm: pnpmVersion, ...(node && { [node.name]: node.version }) }
  const id = createHash('sha256').update(JSON.stringify(packages)).digest('hex').slice(0, 12)
  const folder = join(toolsFolder, `toolchain-${id}`)
  const toolchain = {
    node: node ? join(folder, 'node_modules', node.name, node.binary) : process.execPath,
    pnpm: join(folder, 'node_modules/pnpm/bin/pnpm.cjs'),
  }
  if (existsSync(folder)) return toolchain

  withLock(join(toolsFolder, 'lock'), () => {
    if (existsSync(folder)) return
    const names = Object.entries(packages).map(([name, version]) => `${name} ${version}`)
    console.error(`Setting up ${names.join(' and ')} in .tools (once) …`)
    const unfinished = `${folder}.unfinished`
    rmSync(unfinished, { recursive: true, force: true })
    install(unfinished, packages, node?.needsScript ?? false)
    if (node) prove(join(unfinished, 'node_modules', node.name, node.binary))
    renameSync(unfinished, folder)
  })
  return toolchain
}

function wantedPnpm() {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return packageManager.replace(/^pnpm@/, '').replace(/\+.*$/, '')
}

function install(folder, packages, withScripts) {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: packages }))
  const [command, args, options] = npmCommand([
    ...['install', '--prefix', folder, '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'],
    ...(withScripts ? [] : ['--ignore-scripts']),
  ])
  const run = spawnSync(command, args, { ...options, cwd: folder, env: cleanEnvironment(), encoding: 'utf8' })
  if (run.status === 0) return
  const said = run.error ? run.error.message : `${run.stdout}${run.stderr}`.trim()
  throw new SetupError(
    `npm could not install ${Object.keys(packages).join(' and ')}:\n${said}`,
    'Check that the npm registry can be reached (npm ping), behind a proxy also HTTPS_PROXY, then run the same command again.',
  )
}

function prove(binary) {
  const run = spawnSync(binary, ['--version'], { encoding: 'utf8' })
  if (run.status === 0) return
  const why = run.error ? run.error.message : run.stderr.trim() || `status ${run.status}`
  throw new SetupError(
    `The downloaded Node ${wantedMajor} does not start on this machine (${why}).`,
    `It is built for glibc; on Alpine and other systems install Node ${wantedMajor} yourself, put it first on PATH and run the same command again.`,
  )
}
