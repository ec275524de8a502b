import type { CliRequest } from '../contract/request.ts'
import { RunnerError } from '../errors.ts'
import type { CliContext, CliSearch } from './cli-context.ts'
import { GLIBC_REMEDY } from './explain-start.ts'
import { detectLibc } from './machine-facts.ts'
import { type PackageTarget, packageTarget } from './package-target.ts'
import type { Release } from './release.ts'
import { type Layout, layoutOf } from './store/layout.ts'
import { usableToolFolder } from './store/tool-folder.ts'

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
  const { resolveRelease } = await import('./download/resolve-release.ts')
  return resolveRelease({ request, context, target })
}
