import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'

/** Every file under a folder: its path in it, its size in bytes and its SHA-256. A missing folder is empty. */
export interface TreeFile {
  readonly path: string
  readonly bytes: number
  readonly sha256: string
}

export async function readTree(folder: string): Promise<readonly TreeFile[]> {
  if (!existsSync(folder)) return []
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const described = files.map(async (file) => ({
    path: relative(folder, file).replaceAll('\\', '/'),
    bytes: (await stat(file)).size,
    sha256: createHash('sha256')
      .update(await readFile(file))
      .digest('hex'),
  }))
  return (await Promise.all(described)).sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** The ways in which a folder differs from what it should hold, one line each; none when they are equal. */
export function differences(expected: readonly TreeFile[], actual: readonly TreeFile[]): readonly string[] {
  const wanted = new Map(expected.map((file) => [file.path, file.sha256]))
  const found = new Map(actual.map((file) => [file.path, file.sha256]))
  return [
    ...expected.filter(({ path }) => !found.has(path)).map(({ path }) => `${path} is missing`),
    ...actual.filter(({ path }) => !wanted.has(path)).map(({ path }) => `${path} should not be there`),
    ...expected
      .filter(({ path, sha256 }) => found.has(path) && found.get(path) !== sha256)
      .map(({ path }) => `${path} differs`),
  ]
}

/** The size of all JavaScript in a folder, in bytes; licences and package files do not count. */
export async function codeBytes(folder: string): Promise<number> {
  const code = (await readTree(folder)).filter(({ path }) => path.endsWith('.js'))
  return code.reduce((sum, { bytes }) => sum + bytes, 0)
}
