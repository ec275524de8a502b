import { existsSync } from 'node:fs'
import { cp, rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { withLock } from '../../bootstrap/lock.mjs'
import { ToolingError } from '../command.ts'
import { root, scratchFolder } from '../paths.ts'
import { bundle } from './bundle.ts'
import { type Bundle, bundles, everyEntryMustExist } from './bundles.ts'
import { compile } from './compile.ts'
import { eachLimited } from './pool.ts'

const unfinished = join(scratchFolder, 'dist')

/** What a build made, and what it left out because its source is not written yet. */
export interface Built {
  readonly made: readonly Bundle[]
  readonly missing: readonly Bundle[]
}

/** Builds the bundles whose entry matches one of `only` (all of them by default) under `outputRoot`. */
export async function buildAll(outputRoot: string, only: readonly string[] = []): Promise<Built> {
  const asked = bundles.filter(({ entry }) => only.length === 0 || only.some((part) => entry.includes(part)))
  if (asked.length === 0) throw new ToolingError(`No bundle's entry contains ${only.join(' or ')}`)
  const made = asked.filter(({ entry }) => existsSync(join(root, entry)))
  const missing = asked.filter((one) => !made.includes(one))
  if (everyEntryMustExist && missing.length > 0) {
    throw new ToolingError(`No such entry: ${missing.map(({ entry }) => entry).join(', ')}`)
  }
  // Two builds at once would pull each other's lib folders away.
  await withLock(join(scratchFolder, 'build.lock'), async () => {
    await compile()
    // A build that fails half-way must leave the old bundles alone.
    await eachLimited(made, availableParallelism(), (one) => bundle(one, unfinished))
    for (const { dist } of made) {
      await rm(join(outputRoot, dist), { recursive: true, force: true })
      await cp(join(unfinished, dist), join(outputRoot, dist), { recursive: true })
    }
  })
  return { made, missing }
}
