import { basename, join } from 'node:path'
import type { Milliseconds } from '../contract/duration.ts'
import { fateOf, readHolder, thisHolder } from './lock.ts'
import type { CliContext } from './search.ts'
import { type Layout, versionOfEntry } from './store.ts'
import { compareVersions } from './verify.ts'

/** How long a mark counts whose process cannot be seen from here, such as one in another container. */
const UNSEEN_USE: Milliseconds = 24 * 3_600_000

/** Marks a version as used by this process, so that no other install removes it. A mark that cannot be written is done without. */
export async function markUse(entry: string, layout: Layout, { ports }: CliContext): Promise<void> {
  try {
    const holder = await thisHolder(ports)
    await ports.files.makeFolder(layout.uses)
    await ports.files.write(join(layout.uses, `${basename(entry)}~${holder.pid}`), JSON.stringify(holder))
  } catch {
    // A tool folder that others fill may be read-only for us; then nobody prunes it for us either.
  }
}

/** The entries (by name) that some process uses; marks of processes that ended are removed. */
export async function entriesInUse(layout: Layout, { ports }: CliContext): Promise<Set<string>> {
  const { files, clock } = ports
  const inUse = new Set<string>()
  for (const name of await files.list(layout.uses).catch(() => [])) {
    const path = join(layout.uses, name)
    const entry = name.slice(0, name.lastIndexOf('~'))
    const holder = readHolder(await files.readText(path).catch(() => ''))
    const fate = holder === undefined ? 'unknown' : await fateOf(holder, ports)
    const age = clock.now() - ((await files.info(path).catch(() => undefined))?.modified ?? clock.now())
    if (fate === 'alive' || (fate === 'unknown' && age < UNSEEN_USE)) inUse.add(entry)
    else await files.remove(path)
  }
  return inUse
}

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
