import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { minify } from 'terser'
import { root, runTool, scratchFolder, ToolingError } from '../project.ts'
import { type Bundle, bundles } from './bundles.ts'
import { packedPackages, renderLicences } from './licences.ts'

/** Bundles that were built, each in `<folder>/<its dist>`. */
export interface Build {
  readonly folder: string
  readonly bundles: readonly Bundle[]
}

/**
 * Builds the bundles whose entry matches one of `only` (all of them by default) in a new folder, hands them to `use`,
 * and removes the folder. Nothing else is written, so that builds do not meet, and a failed one leaves no trace.
 */
export async function withBuild<T>(only: readonly string[], use: (build: Build) => Promise<T>): Promise<T> {
  const asked = bundles.filter(({ entry }) => only.length === 0 || only.some((part) => entry.includes(part)))
  if (asked.length === 0) throw new ToolingError(`No bundle's entry contains ${only.join(' or ')}`)
  const absent = asked.filter(({ entry }) => !existsSync(join(root, entry)))
  if (absent.length > 0)
    throw new ToolingError(`No such entry: ${absent.map(({ entry }) => entry).join(', ')}`)
  await mkdir(scratchFolder, { recursive: true })
  const folder = await mkdtemp(join(scratchFolder, 'build-'))
  try {
    await compile(folder)
    await eachLimited(asked, availableParallelism(), (one) => bundle(one, folder))
    return await use({ folder, bundles: asked })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Makes `<folder>/packages` a workspace like the checkout's, in which each package has its code as JavaScript in `lib`. */
async function compile(folder: string): Promise<void> {
  const emitted = join(folder, 'emitted')
  const args = ['-p', join(root, 'tsconfig.build.json'), '--outDir', emitted]
  await runTool('tsc', args, 'tsc could not compile the packages')
  for (const name of await readdir(emitted)) {
    const source = join(root, 'packages', name)
    const target = join(folder, 'packages', name)
    await cp(join(emitted, name, 'src'), join(target, 'lib'), { recursive: true })
    await cp(join(source, 'package.json'), join(target, 'package.json'))
    await linkDependencies(join(source, 'node_modules'), join(target, 'node_modules'), folder)
  }
}

/** Links what a package depends on: this project's packages as compiled in `folder`, the others as installed. */
async function linkDependencies(installed: string, target: string, folder: string): Promise<void> {
  if (!existsSync(installed)) return
  const names = (await readdir(installed)).filter((name) => !name.startsWith('.'))
  for (const name of names) {
    if (name.startsWith('@')) {
      await linkDependencies(join(installed, name), join(target, name), folder)
      continue
    }
    const real = await realpath(join(installed, name))
    await mkdir(target, { recursive: true })
    await symlink(
      real.replace(join(root, 'packages'), join(folder, 'packages')),
      join(target, name),
      'junction',
    )
  }
}

/**
 * Packs one compiled program with everything that it imports into `<folder>/<dist>/index.js`, an ES module without
 * source map; code that it imports lazily gets chunks beside it, and the licences of what is packed stand there too.
 */
async function bundle({ entry, dist, starts = [] }: Bundle, folder: string): Promise<void> {
  const compiled = join(folder, entry.replace('/src/', '/lib/').replace(/\.ts$/, '.js'))
  const output = join(folder, dist)
  const modules = `${output}.modules.json`
  const options = ['--out', output, '--no-cache', '--stats-out', modules, '--quiet']
  await runTool('ncc', ['build', compiled, ...options], `ncc could not bundle ${entry}`, folder)
  await minifyAll(output)
  await writeFile(join(output, 'licenses.txt'), renderLicences(await packedPackages(modules)))
  for (const name of starts) await writeFile(join(output, `${name}.js`), starter(name))
}

/** Shortens all code in a folder. ncc would do so for `index.js` alone, and less: what is loaded at every start is parsed at every start. */
async function minifyAll(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.js'))
  for (const name of names) {
    const file = join(folder, name)
    const options = { module: true, compress: true, mangle: true }
    const { code } = await minify(await readFile(file, 'utf8'), options)
    if (code === undefined) throw new Error(`terser made nothing of ${file}`)
    await writeFile(file, code)
  }
}

/**
 * A file that calls a function that the bundle's entry exports, so that programs that share most of their code share it
 * on disk too. A signal that comes while that code is still being loaded is kept (core's `collectStopSignals` takes it
 * over): it would otherwise end the process before it could say anything.
 */
const starter = (name: string) => `const early = (globalThis[Symbol.for('oz-agent.early-signals')] = [])
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => early.push(signal))
const { ${name} } = await import('./index.js')
await ${name}()
`

/** Works through the items in order, at most `limit` at a time; the first failure is thrown once all have settled. */
async function eachLimited<T>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values()
  const workers = Array.from({ length: limit }, async () => {
    for (const item of queue) await work(item)
  })
  const ends = await Promise.allSettled(workers)
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}
