import { basename, join } from 'node:path'
import type { Milliseconds } from '../../contract/duration.ts'
import type { CliContext } from '../cli-context.ts'
import { fateOf, readHolder, thisHolder } from './holder.ts'
import type { Layout } from './layout.ts'

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
