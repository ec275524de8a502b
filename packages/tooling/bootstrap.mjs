// Every root command starts here: `node packages/tooling/bootstrap.mjs <command> [arguments]`. A command is a file of
// src/commands, or `exec` and a tool of node_modules/.bin, or `pnpm`. What is missing is installed first: Node 24 and
// pnpm into .tools, the dependencies into node_modules. The two package.json say which Node and pnpm, with their hashes.
// Node 12 must be able to parse this file, so that an old Node gets a sentence and not a stack: no `?.`, no `??`.
import { execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import * as fs from 'node:fs'
import { createServer } from 'node:net'
import { constants } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = fileURLToPath(new URL('../..', import.meta.url))
const commands = join(root, 'packages/tooling/src/commands')
const isWindows = process.platform === 'win32' // There, npm and tools are batch files, which need a shell.
const major = Number(process.versions.node.split('.')[0])
const readJson = (path) => JSON.parse(fs.readFileSync(join(root, path), 'utf8'))
const sha256 = (data) => createHash('sha256').update(data).digest('hex')
const problem = (message, remedy) => Object.assign(new Error(`${message}\n${remedy}`), { isExpected: true })
const bringNode = 'Install Node 24 (https://nodejs.org/en/download), then run the same command again.'
const checkRegistry = 'Check that npm reaches its registry (npm ping), then run the same command again.'
const renewLock = 'After a change of a package.json: `npm run pnpm -- install`, and commit pnpm-lock.yaml.'
const makeRoom = 'The set-up writes .tools and node_modules: make the checkout writable, or room on the disk.'

async function main([command = '', ...args]) {
  if (major < 20) throw problem(`This project needs Node 20 or later; this is ${process.version}.`, bringNode)
  const known = [...fs.readdirSync(commands).map((name) => name.replace(/\.ts$/, '')), 'exec', 'pnpm']
  const all = `Known commands: ${known.join(', ')}.`
  if (!known.includes(command)) throw problem(`There is no command '${command}'.`, all)
  const { node, pnpm } = await inTurn(() => setUp(command !== 'pnpm'))
  const ofFile = [node, '--conditions=source', join(commands, `${command}.ts`), ...args]
  launch(node, { exec: args, pnpm: [node, pnpm, ...args] }[command] || ofFile)
}

/** Lets one process of this checkout work at a time: it holds a port, which the system takes from a killed process. */
async function inTurn(work) {
  const port = 20_000 + (Number.parseInt(sha256(root).slice(0, 8), 16) % 12_000)
  for (let tries = 0; ; tries++) {
    const server = createServer().listen(port, '127.0.0.1')
    const { code } = await once(server, 'listening').catch((error) => error)
    // Another program may have the port: after ten minutes, two set-ups at once are better than none.
    if (code !== 'EADDRINUSE' || tries === 6000) return work().finally(() => server.close())
    await promisify(setTimeout)(100)
  }
}

/** Installs what is missing; returns the paths of Node 24 and of pnpm's script. */
async function setUp(withDependencies) {
  const [, version, hex] = /^pnpm@([^+]+)\+sha512\.(\w+)$/.exec(readJson('package.json').packageManager)
  const integrity = `sha512-${Buffer.from(hex, 'hex').toString('base64')}`
  const { nodePackages } = readJson('packages/tooling/package.json')
  const target = `${process.platform}-${process.arch}`
  const brought = major === 24 ? { binary: process.execPath } : nodePackages[target]
  if (!brought) throw problem(`No package with Node 24 is known for ${target}.`, bringNode)
  const packages = [{ name: 'pnpm', version, integrity }, ...(brought.name ? [brought] : [])]
  const folder = join(root, '.tools', `toolchain-${sha256(JSON.stringify(packages)).slice(0, 12)}`)
  if (!fs.existsSync(folder)) await installToolchain(folder, packages, brought.binary)
  const [node, pnpm] = [resolve(folder, brought.binary), join(folder, 'node_modules/pnpm/bin/pnpm.cjs')]
  if (!withDependencies) return { node, pnpm }
  const stamp = join(root, 'node_modules/.installed-lockfile') // Goes when node_modules goes.
  const lockfile = sha256(fs.readFileSync(join(root, 'pnpm-lock.yaml')))
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === lockfile) return { node, pnpm }
  console.error('Installing the dependencies …')
  const said = await failure(node, [pnpm, 'install', '--frozen-lockfile', '--prefer-offline'], { cwd: root })
  if (said) throw problem(`pnpm could not install the dependencies:\n${said}\n${renewLock}`, checkRegistry)
  fs.writeFileSync(stamp, lockfile)
  return { node, pnpm }
}

/** `npm ci` takes no package whose hash is not the one in the lockfile that is written here. */
async function installToolchain(folder, packages, binary) {
  const names = packages.map(({ name, version }) => `${name} ${version}`).join(' and ')
  console.error(`Setting up ${names} in .tools (once) …`)
  const cwd = `${folder}.${process.pid}`
  fs.mkdirSync(cwd, { recursive: true })
  const dependencies = Object.fromEntries(packages.map(({ name, version }) => [name, version]))
  const locked = Object.fromEntries(packages.map((one) => [`node_modules/${one.name}`, one]))
  const lock = { lockfileVersion: 3, packages: { '': { dependencies }, ...locked } }
  fs.writeFileSync(join(cwd, 'package.json'), JSON.stringify({ private: true, dependencies }))
  fs.writeFileSync(join(cwd, 'package-lock.json'), JSON.stringify(lock))
  const args = 'ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error'.split(' ')
  const said = await failure('npm', args, { cwd, shell: isWindows })
  const broken = said ? '' : await failure(resolve(cwd, binary), ['--version'])
  if (!said && !broken && !fs.existsSync(folder)) fs.renameSync(cwd, folder)
  fs.rmSync(cwd, { recursive: true, force: true })
  if (said) throw problem(`npm could not install ${names}:\n${said}`, checkRegistry)
  if (broken) throw problem(`The downloaded Node 24, made for glibc, does not start:\n${broken}`, bringNode)
}

/** Runs a program to its end; returns what it said if it failed. */
function failure(program, args, options) {
  // `npm run` sets these for its own script; they would mislead another npm or pnpm.
  const foreign = /^(npm_(package|lifecycle)_|npm_config_(.*prefix|globalconfig|loglevel)$|INIT_CWD$)/i
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)))
  const said = (error) => `${error.stdout}${error.stderr}`.trim() || error.message
  return promisify(execFile)(program, args, { ...options, env: { ...env, CI: 'true' } }).then(() => '', said)
}

/** Runs a program with Node 24 first on PATH; hands signals on to it, and ends with its status as a shell does. */
function launch(node, [program, ...args]) {
  const PATH = [dirname(node), join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter)
  const options = { cwd: root, stdio: 'inherit', shell: isWindows && program !== node }
  const child = spawn(program, args, { ...options, env: { ...process.env, PATH } })
  // A terminal sends Ctrl-C to the child as well: twice would read as "at once".
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'))
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', ({ message }) => fail(problem(message, 'Tools stand in node_modules/.bin.')))
  child.on('exit', (status, signal) => process.exit(signal ? 128 + constants.signals[signal] : status))
}

function fail(error) {
  const isOfDisk = ['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'EEXIST', 'ENOTDIR'].includes(error.code)
  if (!isOfDisk && !error.isExpected) throw error
  console.error(isOfDisk ? `Cannot write ${error.path}: ${error.message}\n${makeRoom}` : error.message)
  process.exitCode = 1
}

main(process.argv.slice(2)).catch(fail)
