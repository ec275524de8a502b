import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ToolingError } from '../command.ts'

/** All that a minified chunk holds for a package that is imported lazily and not installed. */
const STAND_IN =
  /^export const id=(\d+);export const ids=\[\1\];export const modules=\{\d+:\w+=>\{\w+\.exports=eval\("require"\)\("([^"]+)"\)\}\};$/

/**
 * Removes the minified chunks that only stand for packages that are not installed, such as the optional ones of a dependency:
 * their imports are put back as they were in the source, and fail at run time as they would there.
 */
export async function foldMissing(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.js'))
  const files = new Map<string, string>()
  for (const name of names) files.set(name, await readFile(join(folder, name), 'utf8'))
  const missing = new Map<string, string>()
  for (const [name, code] of files) {
    const [, chunk, wanted] = STAND_IN.exec(code.trim()) ?? []
    if (chunk === undefined || wanted === undefined) continue
    missing.set(chunk, wanted)
    await rm(join(folder, name))
    files.delete(name)
  }
  const found = new Set<string>()
  for (const [name, code] of files) {
    const folded = putImportsBack(code, missing, found)
    if (folded !== code) await writeFile(join(folder, name), folded)
  }
  const lost = [...missing].filter(([chunk]) => !found.has(chunk)).map(([, wanted]) => wanted)
  if (lost.length > 0) throw new ToolingError(`The bundle does not load ${lost.join(', ')} as it used to`)
}

/** @param found takes the chunks whose import was put back. */
function putImportsBack(code: string, missing: ReadonlyMap<string, string>, found: Set<string>): string {
  const loading = /\b(\w+)\.e\((\d+)\)\.then\(\1(?:\.t)?\.bind\(\1,\s*\d+(?:,\s*\d+)?\)\)/g
  return code.replace(loading, (whole, _runtime, chunk: string) => {
    const wanted = missing.get(chunk)
    if (wanted === undefined) return whole
    found.add(chunk)
    return `import(${JSON.stringify(wanted)})`
  })
}
