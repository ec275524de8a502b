import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A module in the list that ncc writes on request (`--stats-out`): webpack's, so far as it is of use here. */
interface Module {
  readonly nameForCondition?: string | null
  /** In no chunk of its own: left out, or part of another module's list. */
  readonly orphan?: boolean
  readonly modules?: readonly Module[]
}

/** A package of somebody else's whose code is in a bundle. */
export interface PackedPackage {
  readonly name: string
  readonly version: string
  /** SPDX expression, as the package says it. */
  readonly licence: string
  /** The licence's text and the notices beside it; empty where the package brings none. */
  readonly text: string
}

/** The packages that a bundle was made from, by name, from the list of its modules. */
export async function packedPackages(statsFile: string): Promise<readonly PackedPackage[]> {
  const { modules }: { modules: readonly Module[] } = JSON.parse(await readFile(statsFile, 'utf8'))
  const files = modules.filter(({ orphan }) => orphan !== true).flatMap(filesOf)
  // Code that was minified before it was published may hold its package's dependencies: they count too.
  const whole = new Set(files.filter((file) => /\.min\.[cm]?js$/.test(file)).flatMap(packageFolder))
  const folders = [...new Set(files.flatMap(packageFolder))]
  const packed = await Promise.all(folders.map((folder) => readPackage(folder, whole.has(folder))))
  const byName = new Map(packed.flat().map((one) => [`${one.name} ${one.version}`, one]))
  return [...byName.values()].sort((a, b) => (a.name + a.version < b.name + b.version ? -1 : 1))
}

/** The file that goes with a bundle. */
export function renderLicences(packages: readonly PackedPackage[]): string {
  const parts = packages.map(
    ({ name, version, licence, text }) =>
      `${name} ${version}\n${licence}\n${text === '' ? '' : `\n${text}\n`}`,
  )
  return parts.join(`\n${'-'.repeat(80)}\n\n`)
}

function filesOf({ nameForCondition, modules = [] }: Module): readonly string[] {
  const own = nameForCondition ? [nameForCondition.replaceAll('\\', '/')] : []
  return [...own, ...modules.flatMap(filesOf)]
}

function packageFolder(file: string): readonly string[] {
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.slice(0, 1) ?? []
}

async function readPackage(folder: string, withDependencies: boolean): Promise<readonly PackedPackage[]> {
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  const { name, version, license: licence = 'see below', dependencies = {} } = manifest
  const own = { name, version, licence, text: await noticesIn(folder) }
  if (!withDependencies) return [own]
  // Where pnpm puts what a package depends on: beside it.
  const shelf = join(folder, name.startsWith('@') ? '../..' : '..')
  const others = Object.keys(dependencies).map((dependency) => readPackage(join(shelf, dependency), true))
  return [own, ...(await Promise.all(others)).flat()]
}

async function noticesIn(folder: string): Promise<string> {
  const names = (await readdir(folder)).filter((name) => /^(licen[cs]e|copying|notice)/i.test(name)).sort()
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))
  const trimmed = texts.map((text) => text.replaceAll('\r\n', '\n').trim())
  return [...new Set(trimmed)].filter((text) => text !== '').join('\n\n')
}
