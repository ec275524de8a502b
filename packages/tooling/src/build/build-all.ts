import { existsSync } from 'node:fs'
import { cp, rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { withLock } from '../../bootstrap/lock.mjs'
import { ToolingError } from '../command.ts'
import { root, scratchFolder } from '../paths.ts'
import { bundle } from './bundle.ts'
import { type Bundle, bundles } from './bundles.ts'
import { compile } from './compile.ts'
import { eachLimited } from './pool.ts'

const unfinished = join(scratchFolder, 'dist')

/** Builds the bundles whose entry matches one of `only` (all of them by default) under `outputRoot`; says which. */
export async function buildAll(outputRoot: string, only: readonly string[] = []): Promise<readonly Bundle[]> {
  const asked = bundles.filter(({ entry }) => only.length === 0 || only.some((part) => entry.includes(part)))
  if (asked.length === 0) throw new ToolingError(`No bundle's entry contains ${only.join(' or ')}`)
  const missing = asked.filter(({ entry }) => !existsSync(join(root, entry)))
  if (missing.length > 0) {
    throw new ToolingError(`No such entry: ${missing.map(({ entry }) => entry).join(', ')}`)
  }
  // Two builds at once would pull each other's lib folders away.
  await withLock(join(scratchFolder, 'build.lock'), async () => {
    await compile()
    // A build that fails half-way must leave the old bundles alone.
    await eachLimited(asked, availableParallelism(), (one) => bundle(one, unfinished))
    for (const { dist } of asked) {
      await rm(join(outputRoot, dist), { recursive: true, force: true })
      await cp(join(unfinished, dist), join(outputRoot, dist), { recursive: true })
    }
  })
  return asked
}
