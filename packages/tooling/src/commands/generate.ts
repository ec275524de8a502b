import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileGenerators, regionGenerators } from '../generate/generators.ts'
import { renewRegions } from '../generate/regions.ts'
import { listFiles, root } from '../project.ts'

/** A generated file that is not as it should be. */
interface Change {
  readonly path: string
  readonly wanted: string
}

// With `--check` nothing is written, and a difference is an error.
const changes = await planChanges()
if (changes.length === 0) console.log('Everything generated is up to date.')
else if (process.argv.includes('--check')) refuse(changes)
else await write(changes)

/** Renders everything; returns only what differs from the checkout. */
async function planChanges(): Promise<readonly Change[]> {
  const wholeFiles = fileGenerators.map(async ({ path, render }) => ({ path, wanted: await render() }))
  const markdown = (await listFiles('*.md')).map(async (path) => ({ path, wanted: await renewFile(path) }))
  const all = await Promise.all([...wholeFiles, ...markdown])
  const compared = await Promise.all(all.map(async (file) => ({ ...file, actual: await read(file.path) })))
  return compared.filter(({ wanted, actual }) => wanted !== (actual ?? ''))
}

async function renewFile(path: string): Promise<string> {
  try {
    return renewRegions((await read(path)) ?? '', regionGenerators)
  } catch (error) {
    throw new Error(`${path}, ${error instanceof Error ? error.message : error}`)
  }
}

async function read(path: string): Promise<string | undefined> {
  return readFile(join(root, path), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
}

async function write(changes: readonly Change[]): Promise<void> {
  for (const { path, wanted } of changes) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), wanted)
    console.log(`written: ${path}`)
  }
}

function refuse(changes: readonly Change[]): void {
  console.error('Not what the contract generates:')
  for (const { path } of changes) console.error(`  ${path}`)
  console.error('Repair: npm run generate, then commit the files above.')
  process.exitCode = 1
}
