import { randomBytes } from 'node:crypto'
import { cp, mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import type { PlatformCache } from '../install/search.ts'

/** Releases that stay in the folder: enough for a pinned one and the latest, and small enough to be carried around. */
const KEPT = 2

/**
 * A cache between runs in a plain folder, for platforms that keep folders themselves (GitLab's `cache:paths`,
 * a Buildkite cache volume). Entries are renamed into place whole; the least recently used go.
 */
export function createFolderCache(root: string): PlatformCache {
  return {
    async restore(key, folder) {
      const entry = join(root, key)
      try {
        await cp(entry, folder, { recursive: true })
      } catch (error) {
        if (isAbsent(error)) return false
        throw error
      }
      const now = new Date()
      // What is used last goes last; a folder that may only be read still serves.
      await utimes(entry, now, now).catch(() => undefined)
      return true
    },
    async save(key, folder) {
      await mkdir(root, { recursive: true })
      const beside = join(root, `.new-${randomBytes(6).toString('hex')}`)
      try {
        await cp(folder, beside, { recursive: true })
        await rename(beside, join(root, key))
      } catch (error) {
        if (!isThere(error)) throw error
      } finally {
        await rm(beside, { recursive: true, force: true })
      }
      await removeOldest(root)
    },
  }
}

async function removeOldest(root: string): Promise<void> {
  const entries = await Promise.all(
    (await readdir(root)).map(async (name) => ({ name, used: (await stat(join(root, name))).mtimeMs })),
  )
  const old = entries.sort((a, b) => b.used - a.used).slice(KEPT)
  for (const { name } of old) await rm(join(root, name), { recursive: true, force: true })
}

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : undefined)
const isAbsent = (error: unknown) => codeOf(error) === 'ENOENT'
const isThere = (error: unknown) => codeOf(error) === 'ENOTEMPTY' || codeOf(error) === 'EEXIST'
