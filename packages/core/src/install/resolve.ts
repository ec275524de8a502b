import { join, posix, resolve, win32 } from 'node:path'
import type { CliRequest } from '../contract/request.ts'
import { RunnerError } from '../errors.ts'
import type { Environment } from '../ports.ts'
import { toolCache } from './cache.ts'
import { download } from './download.ts'
import { GLIBC_REMEDY } from './explain-start.ts'
import { detectLibc } from './machine.ts'
import { platformCache } from './platform-cache.ts'
import { packageTarget, resolveRelease } from './release.ts'
import {
  type Cli,
  type CliContext,
  type CliResolver,
  type CliSearch,
  commandName,
  type Layout,
  type PackageTarget,
  type Release,
  type ResolverResult,
} from './search.ts'
import { layoutOf, usableToolFolder } from './store.ts'
import { verifyCli } from './verify.ts'

/** One search: asks for the release, the machine and the folder at most once each, and only when a resolver wants them. */
export function createSearch(request: CliRequest, context: CliContext): CliSearch {
  const target = () => packageTarget(context.ports.machine, context.nameOf('ozPath'))
  let release: Promise<Release> | undefined
  let layout: Promise<Layout> | undefined
  const known = () => {
    const found = target()
    if ('problem' in found) throw new RunnerError('unavailable', found.problem, { remedy: found.remedy })
    return found
  }
  return {
    request,
    context,
    target,
    release() {
      release ??= findRelease(request, context, known)
      return release
    },
    layout() {
      layout ??= usableToolFolder(request.channel, context).then((folder) =>
        layoutOf(folder, request.channel, known()),
      )
      return layout
    },
  }
}

async function findRelease(
  request: CliRequest,
  context: CliContext,
  known: () => PackageTarget,
): Promise<Release> {
  const target = known()
  const libc = await detectLibc(context.ports.files, context.ports.machine)
  if (libc.kind === 'musl') {
    throw new RunnerError('unavailable', `The CLI needs glibc, and this system is musl (${libc.evidence}).`, {
      remedy: GLIBC_REMEDY,
    })
  }
  return resolveRelease({ request, context, target })
}

/** The path that the user gave. It is the only one looked at then: what is wrong with it is an error. */
export const ozPath: CliResolver = {
  source: 'oz_path',
  async find(search) {
    const given = search.request.path
    if (given === undefined)
      return { why: `not taken, ${search.context.nameOf('ozPath')} is not set`, unasked: true }
    const path = absolute(given, search)
    await check(given, path, search)
    const { request, context } = search
    const result = await verifyCli(path, context)
    const name = `${context.nameOf('ozPath')} "${given}"`
    if (!result.ok) {
      throw new RunnerError('unavailable', `${name} does not run: ${result.problem}`, {
        remedy: result.remedy,
      })
    }
    if (request.version !== 'latest' && request.version !== result.version) {
      throw new RunnerError(
        'unavailable',
        `${name} is version ${result.version}, but ${context.nameOf('ozVersion')} asks for ${request.version}.`,
        {
          remedy: `Remove ${context.nameOf('ozVersion')}, or set it to ${result.version}, or point ${context.nameOf('ozPath')} to the other version.`,
        },
      )
    }
    if (request.sha256 !== undefined) {
      context.say(
        'warning',
        `${context.nameOf('ozSha256')} is not checked: it is the sum of a downloaded archive, and ${context.nameOf('ozPath')} downloads none.`,
      )
    }
    return {
      cli: { path, version: result.version, sha256: undefined, source: 'oz_path' },
      why: `taken, ${path} is version ${result.version}`,
    }
  },
}

function absolute(given: string, { context }: CliSearch): string {
  const { home, cwd } = context.ports.machine
  if (given === '~') return home
  return given.startsWith('~/') ? join(home, given.slice(2)) : resolve(context.checkout ?? cwd, given)
}

async function check(given: string, path: string, { context }: CliSearch): Promise<void> {
  const name = context.nameOf('ozPath')
  const shown = given === path ? `"${given}"` : `"${given}" (${path})`
  const info = await context.ports.files.info(path)
  if (info === undefined) {
    throw new RunnerError('unavailable', `${name} ${shown} does not exist.`, {
      remedy: `Give the path of the CLI's executable on this machine, or remove ${name} to have one installed.`,
    })
  }
  if (info.kind !== 'file') {
    throw new RunnerError(
      'unavailable',
      `${name} ${shown} is no file but a ${info.kind === 'folder' ? 'folder' : 'special file'}.`,
      {
        remedy: `Give the path of the executable itself, for example ${join(path, 'oz')}.`,
      },
    )
  }
}

/** A CLI on PATH. `latest` takes whichever version it is; a pinned version must match. */
export const onPath: CliResolver = {
  source: 'path',
  async find({ request, context }): Promise<ResolverResult> {
    const command = commandName(request.channel)
    const candidates = candidatesOnPath(command, context)
    if (request.sha256 !== undefined) {
      return {
        why: `not searched, ${context.nameOf('ozSha256')} asks for one archive and an installed CLI does not tell which it came from`,
      }
    }
    const reasons: string[] = []
    for (const path of candidates) {
      if ((await infoOf(path, context))?.kind !== 'file') continue
      const result = await verifyCli(path, context)
      if (!result.ok) {
        reasons.push(`${path} does not run: ${result.problem}`)
      } else if (request.version !== 'latest' && request.version !== result.version) {
        reasons.push(`${path} is version ${result.version}, not ${request.version}`)
      } else {
        return {
          cli: { path, version: result.version, sha256: undefined, source: 'path' },
          why: `taken, ${path} is version ${result.version}`,
        }
      }
    }
    return { why: `not taken, ${reasons.length > 0 ? reasons.join('; ') : `there is no ${command} on PATH`}` }
  },
}

/** A folder that cannot be read is like one that is not there. */
async function infoOf(path: string, context: CliContext) {
  try {
    return await context.ports.files.info(path)
  } catch {
    return undefined
  }
}

/**
 * Every place of a command on PATH, in order. Entries that are empty or relative are left out:
 * they mean the current folder, which is the checkout and holds what a pull request put there.
 */
export function candidatesOnPath(command: string, context: Pick<CliContext, 'env' | 'ports'>): string[] {
  const windows = context.ports.machine.platform === 'win32'
  const { delimiter, join, isAbsolute } = windows ? win32 : posix
  const folders = (pathVariable(context.env, windows) ?? '')
    .split(delimiter)
    .filter((folder) => isAbsolute(folder))
  return [...new Set(folders.map((folder) => join(folder, windows ? `${command}.exe` : command)))]
}

function pathVariable(env: Environment, windows: boolean): string | undefined {
  if (!windows) return env.PATH
  const name = Object.keys(env).find((key) => key.toUpperCase() === 'PATH')
  return name === undefined ? undefined : env[name]
}

/** Where a CLI may come from, in this order: the first that satisfies the request is taken. */
const RESOLVERS: readonly CliResolver[] = [ozPath, onPath, toolCache, platformCache, download]

/**
 * Finds a CLI that satisfies the request, or installs one; each place says in one line why it was or was not taken.
 * Rejects with `RunnerError`: `unavailable` when there is none for this machine, `temporary` when a retry may help.
 */
export async function findCli(request: CliRequest, context: CliContext): Promise<Cli> {
  const search = createSearch(request, context)
  for (const resolver of RESOLVERS) {
    const result = await resolver.find(search)
    const place = resolver.source === 'oz_path' ? context.nameOf('ozPath') : resolver.source
    if (!result.unasked || context.debug) context.say('info', `${place}: ${result.why}`)
    if (result.cli !== undefined) return result.cli
  }
  throw new RunnerError('unavailable', 'No Oz CLI was found.', {
    remedy: `Install the CLI and put its path into ${context.nameOf('ozPath')}.`,
  })
}
