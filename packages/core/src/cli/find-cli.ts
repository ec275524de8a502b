import type { CliRequest } from '../contract/request.ts'
import { RunnerError } from '../errors.ts'
import type { Cli } from './cli.ts'
import type { CliContext, CliResolver } from './cli-context.ts'
import { onPath } from './resolvers/on-path.ts'
import { ozPath } from './resolvers/oz-path.ts'
import { createSearch } from './search.ts'

/** Where a CLI may come from, in this order: the first that satisfies the request is taken. */
async function* resolvers(): AsyncGenerator<CliResolver> {
  yield* [ozPath, onPath]
  // Much code, for which a step that has a CLI at hand should not wait.
  yield* (await import('./resolvers/installing.ts')).installing
}

/**
 * Finds a CLI that satisfies the request, or installs one; each place says in one line why it was or was not taken.
 * Rejects with `RunnerError`: `unavailable` when there is none for this machine, `temporary` when a retry may help.
 */
export async function findCli(request: CliRequest, context: CliContext): Promise<Cli> {
  const search = createSearch(request, context)
  for await (const resolver of resolvers()) {
    const finding = await resolver.find(search)
    context.say('info', `${resolver.source}: ${finding.why}`)
    if (finding.cli !== undefined) return finding.cli
  }
  throw new RunnerError('unavailable', 'No Oz CLI was found.', {
    remedy: `Install the CLI and put its path into ${context.nameOf('ozPath')}.`,
  })
}
