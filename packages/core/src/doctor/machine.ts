import { dirname, join, resolve } from 'node:path'
import { messageOf } from '../errors.ts'
import { GLIBC_REMEDY } from '../install/explain-start.ts'
import { detectLibc, mountOf } from '../install/machine.ts'
import type { CompletedProcess, Files } from '../ports.ts'
import { openCleanGit } from '../process/clean-git.ts'
import { printableLine } from '../report/text.ts'
import type { Check, DoctorContext } from './context.ts'
import { type Finding, ok, problem, skipped, warning } from './finding.ts'

const SYSTEMS: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'Linux',
  darwin: 'macOS',
  win32: 'Windows',
}
/** The builds that Warp publishes: https://docs.warp.dev/reference/cli */
const ARCHITECTURES: Partial<Record<NodeJS.Architecture, string>> = { x64: 'x86_64', arm64: 'aarch64' }

export const system: Check = {
  id: 'system',
  group: 'machine',
  title: 'System',
  async run({ ports }) {
    const { platform, arch } = ports.machine
    const name = SYSTEMS[platform]
    const shown = `${name ?? platform} on ${ARCHITECTURES[arch] ?? arch}`
    if (name === undefined || ARCHITECTURES[arch] === undefined) {
      return problem(
        'unavailable',
        `there is no CLI for ${shown}`,
        'Run the step on Linux, macOS or Windows, on x86_64 or aarch64.',
      )
    }
    return ok(shown)
  },
}

export const libc: Check = {
  id: 'libc',
  group: 'machine',
  title: 'C library',
  async run({ ports }) {
    const found = await detectLibc(ports.files, ports.machine)
    switch (found.kind) {
      case 'system':
        return skipped('only Linux has more than one')
      case 'glibc':
        return ok(`glibc (${found.evidence})`)
      case 'musl':
        return problem('unavailable', `musl (${found.evidence}), and the CLI needs glibc`, GLIBC_REMEDY)
      case 'unknown':
        return warning(
          'neither glibc nor musl is where it usually is',
          'Use an image with glibc in its usual place (Debian or Ubuntu); on NixOS, enable nix-ld.',
        )
    }
  },
}

/** The oldest Node that is supported: Node 20 gets no security fixes any more. https://nodejs.org/en/about/previous-releases */
const OLDEST = { major: 22, minor: 15 }
/** The one to install where there is none that is new enough. */
const RECOMMENDED = 24

export const node: Check = {
  id: 'node',
  group: 'machine',
  title: 'Node.js',
  async run({ ports }) {
    const version = ports.machine.nodeVersion
    const [major = 0, minor = 0] = version.split('.').map(Number)
    if (major < OLDEST.major || (major === OLDEST.major && minor < OLDEST.minor)) {
      return problem('unavailable', `${version} is too old`, `Install Node.js ${RECOMMENDED}.`)
    }
    return ok(version)
  },
}

const MEBIBYTE = 1024 * 1024
/** An archive and what is unpacked from it, side by side. */
const NEEDED = 512 * MEBIBYTE
/** Room for the agent's own work. */
const COMFORTABLE = 2048 * MEBIBYTE

export const disk: Check = {
  id: 'disk',
  group: 'folders',
  title: 'Disk',
  async run({ ports, checkout, toolFolder }) {
    const rooms: { folder: string; free: number }[] = []
    for (const wanted of new Set([checkout, toolFolder, ports.machine.temp])) {
      const folder = await existing(wanted, ports.files)
      const free = await ports.files.freeSpace(folder).catch(() => undefined)
      if (free !== undefined) rooms.push({ folder, free })
    }
    const [tightest] = rooms.sort((a, b) => a.free - b.free)
    if (tightest === undefined) return skipped('the system does not tell how much is free')
    const shown = `${Math.floor(tightest.free / MEBIBYTE)} MiB free on the disk of ${tightest.folder}`
    const repair = `Free space on the disk of ${tightest.folder}.`
    if (tightest.free < NEEDED) return problem('unavailable', shown, repair)
    return tightest.free < COMFORTABLE ? warning(shown, repair) : ok(shown)
  },
}

/** The folder, or the nearest one above it that is there. */
async function existing(folder: string, files: Pick<Files, 'info'>): Promise<string> {
  const info = await files.info(folder).catch(() => undefined)
  const above = dirname(folder)
  return info !== undefined || above === folder ? folder : existing(above, files)
}

export const tempFolder: Check = {
  id: 'temp-folder',
  group: 'folders',
  title: 'Temporary folder',
  async run({ ports: { files, machine }, toolFolder, nameOf }) {
    try {
      const folder = await files.makeTempFolder(join(machine.temp, 'oz-doctor-'))
      try {
        await files.write(join(folder, 'probe'), 'x', { mode: 0o600 })
      } finally {
        await files.remove(folder)
      }
    } catch (error) {
      return problem(
        'unavailable',
        `${machine.temp} cannot be written to: ${messageOf(error)}`,
        'Let TMPDIR name a folder that this user may write to.',
      )
    }
    if (machine.platform !== 'linux') return ok(`${machine.temp} can be written to`)
    const mounts = await files.readText('/proc/mounts').catch(() => '')
    const noexec = (folder: string) => mountOf(folder, mounts)?.options.includes('noexec') === true
    if (noexec(toolFolder)) {
      return problem(
        'unavailable',
        `${toolFolder}, where the CLI is kept, is mounted noexec: nothing in it may run`,
        `Mount it with exec, keep tools on another disk, or give an installed CLI as ${nameOf('ozPath')}.`,
      )
    }
    if (noexec(machine.temp)) {
      return warning(
        `${machine.temp} is mounted noexec: programs that the agent puts there do not run`,
        'Let TMPDIR name a folder on a disk that is mounted with exec.',
      )
    }
    return ok(`${machine.temp} can be written to, programs may run`)
  },
}

const GIT_TIMEOUT = 5_000

export const workingFolder: Check = {
  id: 'working-folder',
  group: 'folders',
  title: 'Working folder',
  async run(context) {
    const { request, checkout, ports } = context
    if (request.placement.kind === 'cloud') return skipped('a managed worker has its own')
    const folder = resolve(checkout, request.placement.cwd ?? '')
    const info = await ports.files.info(folder)
    if (info?.kind !== 'folder') {
      const what = info === undefined ? 'does not exist' : 'is no folder'
      return problem(
        'invalid-input',
        `${folder} ${what}`,
        `Check the repository out, or correct ${context.nameOf('cwd')}.`,
      )
    }
    return gitState(folder, context)
  },
}

async function gitState(folder: string, { ports, env }: DoctorContext): Promise<Finding> {
  const git = (...args: string[]): Promise<CompletedProcess> =>
    ports.processes.run(
      { file: 'git', args: ['-C', folder, ...args], env: { ...env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0' } },
      { timeout: GIT_TIMEOUT, maxBytes: 1024 * 1024 },
    )
  let facts: CompletedProcess
  try {
    facts = await git('rev-parse', '--is-inside-work-tree', '--is-shallow-repository')
  } catch {
    return warning(`${folder}: git is not installed`, 'Install git: the agent works with it.')
  }
  if (facts.timedOut)
    return warning(`${folder}: git did not answer in time`, `Run by hand: git -C ${folder} status`)
  if (facts.stderr.includes('safe.directory') || facts.stderr.includes('dubious ownership')) {
    return problem(
      'unavailable',
      `${folder} belongs to another user: git refuses to work there`,
      `Run: git config --global --add safe.directory ${folder}`,
    )
  }
  const [inside, shallow] = facts.stdout.split('\n')
  if (facts.exit.kind !== 'code' || facts.exit.code !== 0 || inside !== 'true') {
    const said = printableLine(facts.stderr.split('\n')[0] ?? '')
    return warning(
      `${folder} is no working tree of git${said === '' ? '' : ` (${said})`}`,
      'Check the repository out before the step, if the agent is to work on one.',
    )
  }
  const history = shallow === 'true' ? ', shallow (git fetch --unshallow brings the history)' : ''
  const changed = await changedFiles(folder, { ports, env })
  if (changed > 0) {
    return warning(
      `${folder}: ${changed} uncommitted ${changed === 1 ? 'file' : 'files'}${history}`,
      'Commit, ignore or remove them, or the changes of the agent mix with them. See: git status',
    )
  }
  return ok(`${folder}: git, clean${history}`)
}

/** How many files are not as committed. Looked up so that nothing runs which the checkout configures. */
async function changedFiles(
  folder: string,
  { ports, env }: Pick<DoctorContext, 'ports' | 'env'>,
): Promise<number> {
  const scratch = await ports.files.makeTempFolder(join(ports.machine.temp, 'oz-agent-git-'))
  try {
    const git = await openCleanGit(folder, scratch, env, ports, GIT_TIMEOUT)
    const args = ['status', '--porcelain', '--untracked-files=normal', '--ignore-submodules=dirty']
    const status = await git?.run(args, { timeout: GIT_TIMEOUT, maxBytes: 1024 * 1024 })
    return status?.stdout.split('\n').filter((line) => line !== '').length ?? 0
  } finally {
    await ports.files.remove(scratch)
  }
}
