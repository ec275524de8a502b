import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { root } from '../paths.ts'
import { renewRegions } from './regions.ts'
import { fileGenerators, regionGenerators } from './registry.ts'

/** A generated file that is not as it should be. */
export interface Change {
  readonly path: string
  readonly wanted: string
}

/** Renders everything; returns only what differs from the checkout. */
export async function planChanges(): Promise<readonly Change[]> {
  const wholeFiles = fileGenerators.map(async ({ path, render }) => ({ path, wanted: await render() }))
  const markdown = (await markdownFiles()).map(async (path) => ({ path, wanted: await renewFile(path) }))
  const all = await Promise.all([...wholeFiles, ...markdown])
  const compared = await Promise.all(all.map(async (file) => ({ ...file, actual: await readOr(file.path) })))
  return compared.filter(({ wanted, actual }) => wanted !== actual)
}

async function markdownFiles(): Promise<readonly string[]> {
  const options = ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate', '-z', '*.md']
  const { stdout } = await execa('git', options, { cwd: root })
  return stdout.split('\0').filter((path) => path !== '')
}

async function renewFile(path: string): Promise<string> {
  const text = await readOr(path)
  try {
    return renewRegions(text ?? '', regionGenerators)
  } catch (error) {
    throw new Error(`${path}, ${error instanceof Error ? error.message : error}`)
  }
}

async function readOr(path: string): Promise<string | undefined> {
  return readFile(join(root, path), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
}
