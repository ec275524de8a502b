import { basename, join } from 'node:path'
import type { Milliseconds } from '../../contract/duration.ts'
import type { CliContext } from '../cli-context.ts'
import { compareVersions } from '../version.ts'
import { type Layout, versionOfEntry } from './layout.ts'
import { entriesInUse } from './uses.ts'

/** Newest versions that stay, of one channel and kind of machine. */
export const KEPT_VERSIONS = 3
/** What a killed install left behind is certainly nobody's after this long. */
const LEFTOVER_AGE: Milliseconds = 24 * 3_600_000

/** Removes old versions beyond the bound, never the given one nor one in use. Best effort: a failure is only told. */
export async function prune(current: string, layout: Layout, context: CliContext): Promise<void> {
  try {
    const names = await context.ports.files.list(layout.folder)
    const versions = names.filter((name) => versionOfEntry(name, layout) !== undefined)
    versions.sort((a, b) => compareVersions(versionOfEntry(b, layout) ?? '', versionOfEntry(a, layout) ?? ''))
    for (const name of versions.slice(KEPT_VERSIONS)) {
      if (name === basename(current)) continue
      // Asked anew each time: removing takes long enough for another process to begin using the next.
      if ((await entriesInUse(layout, context)).has(name)) continue
      await removeEntry(name, layout, context)
      context.say('info', `Removed the old version ${versionOfEntry(name, layout)} from the tool cache.`)
    }
    await removeLeftovers(names, layout, context)
  } catch (error) {
    context.say('info', `Old versions in ${layout.folder} could not be removed: ${String(error)}`)
  }
}

/** Moved aside first, so that nobody finds half of it. */
async function removeEntry(name: string, layout: Layout, { ports }: CliContext): Promise<void> {
  const aside = join(layout.folder, `.removed-${name}`)
  await ports.files.remove(aside)
  await ports.files.rename(join(layout.folder, name), aside)
  await ports.files.remove(aside)
}

async function removeLeftovers(
  names: readonly string[],
  layout: Layout,
  { ports }: CliContext,
): Promise<void> {
  for (const name of names) {
    if (!/^\.(lock|staging|stale|new|removed|broken|cache)-/.test(name)) continue
    const path = join(layout.folder, name)
    const modified = (await ports.files.info(path))?.modified
    if (modified !== undefined && ports.clock.now() - modified > LEFTOVER_AGE) await ports.files.remove(path)
  }
}
