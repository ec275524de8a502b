import type { CliRequest } from '../contract/request.ts'
import { RunnerError } from '../errors.ts'
import { download, platformCache, toolCache } from './cache.ts'
import { GLIBC_REMEDY } from './explain-start.ts'
import { onPath, ozPath } from './local.ts'
import { detectLibc } from './machine.ts'
import { type PackageTarget, packageTarget, type Release, resolveRelease } from './release.ts'
import type { Cli, CliContext, CliResolver, CliSearch } from './search.ts'
import { type Layout, layoutOf, usableToolFolder } from './store.ts'

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
      layout ??= usableToolFolder(context).then((folder) => layoutOf(folder, request.channel, known()))
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

/** Where a CLI may come from, in this order: the first that satisfies the request is taken. */
const RESOLVERS: readonly CliResolver[] = [ozPath, onPath, toolCache, platformCache, download]

/**
 * Finds a CLI that satisfies the request, or installs one; each place says in one line why it was or was not taken.
 * Rejects with `RunnerError`: `unavailable` when there is none for this machine, `temporary` when a retry may help.
 */
export async function findCli(request: CliRequest, context: CliContext): Promise<Cli> {
  const search = createSearch(request, context)
  for (const resolver of RESOLVERS) {
    const finding = await resolver.find(search)
    context.say('info', `${resolver.source}: ${finding.why}`)
    if (finding.cli !== undefined) return finding.cli
  }
  throw new RunnerError('unavailable', 'No Oz CLI was found.', {
    remedy: `Install the CLI and put its path into ${context.nameOf('ozPath')}.`,
  })
}
