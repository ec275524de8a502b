import type { CliRequest } from '../contract/request.ts'
import { RunnerError } from '../errors.ts'
import type { Cli } from './cli.ts'
import type { CliContext, CliResolver, CliSearch } from './cli-context.ts'
import { onPath } from './resolvers/on-path.ts'
import { ozPath } from './resolvers/oz-path.ts'

/** Where a CLI may come from, in this order: the first that satisfies the request is taken. */
const RESOLVERS: readonly CliResolver[] = [ozPath, onPath]

/**
 * Finds a CLI that satisfies the request, or installs one; each place says in one line why it was or was not taken.
 * Rejects with `RunnerError`: `unavailable` when there is none for this machine, `temporary` when a retry may help.
 */
export async function findCli(request: CliRequest, context: CliContext): Promise<Cli> {
  const search: CliSearch = {
    request,
    context,
    release: () => Promise.reject(new RunnerError('unavailable', 'Downloads are not built yet.')),
  }
  for (const resolver of RESOLVERS) {
    const finding = await resolver.find(search)
    context.say('info', `${resolver.source}: ${finding.why}`)
    if (finding.cli !== undefined) return finding.cli
  }
  throw new RunnerError('unavailable', 'No Oz CLI was found.', {
    remedy: `Install the CLI and put its path into ${context.nameOf('ozPath')}.`,
  })
}
