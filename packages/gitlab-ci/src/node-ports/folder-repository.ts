import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { Repository } from '../generator/repository.ts'

/** The repository in a folder of this machine. */
export function folderRepository(root: string): Repository {
  return {
    async exists() {
      const info = await stat(root).catch(() => undefined)
      return info?.isDirectory() ?? false
    },
    async read(path) {
      try {
        return await readFile(resolve(root, path))
      } catch (error) {
        if (isMissing(error)) return undefined
        throw error
      }
    },
    async write(path, content) {
      const target = resolve(root, path)
      const fresh = `${target}.new`
      await mkdir(dirname(target), { recursive: true })
      try {
        await writeFile(fresh, content)
        await rename(fresh, target)
      } catch (error) {
        await rm(fresh, { force: true })
        throw error
      }
    },
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
}
