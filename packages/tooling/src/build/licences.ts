import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import * as z from 'zod'

const module = z.looseObject({
  nameForCondition: z.string().nullish(),
  /** In no chunk of its own: left out, or part of another module's list. */
  orphan: z.boolean().optional(),
  get modules() {
    return z.array(module).optional()
  },
})
const stats = z.looseObject({ modules: z.array(module) })
const manifest = z.looseObject({
  name: z.string(),
  version: z.string(),
  license: z.string().optional(),
  dependencies: z.record(z.string(), z.string()).optional(),
})

/** A package of somebody else's whose code is in a bundle. */
export interface PackedPackage {
  readonly name: string
  readonly version: string
  /** SPDX expression, as the package says it. */
  readonly licence: string
  /** The licence's text and the notices beside it; empty where the package brings none. */
  readonly text: string
}

/**
 * The packages that a bundle was made from, by name, from the list of modules that ncc writes on request.
 * A module that was minified before it was published may hold its package's dependencies: they count too.
 */
export async function packedPackages(statsFile: string): Promise<readonly PackedPackage[]> {
  const { modules } = stats.parse(JSON.parse(await readFile(statsFile, 'utf8')))
  const packed = new Map<string, PackedPackage>()
  const add = async (folder: string, withDependencies: boolean): Promise<void> => {
    const { name, version, license, dependencies } = manifest.parse(
      JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')),
    )
    const licence = license ?? 'see below'
    packed.set(`${name} ${version}`, { name, version, licence, text: await noticesIn(folder) })
    if (!withDependencies) return
    // Where pnpm puts what a package depends on: beside it.
    const shelf = name.startsWith('@') ? dirname(dirname(folder)) : dirname(folder)
    for (const dependency of Object.keys(dependencies ?? {})) await add(join(shelf, dependency), true)
  }
  const folders = new Map<string, boolean>()
  for (const file of filesOf(modules.filter(({ orphan }) => orphan !== true))) {
    const folder = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]
    if (folder !== undefined)
      folders.set(folder, folders.get(folder) === true || /\.min\.[cm]?js$/.test(file))
  }
  for (const [folder, withDependencies] of folders) await add(folder, withDependencies)
  return [...packed.values()].sort((a, b) => (a.name + a.version < b.name + b.version ? -1 : 1))
}

/** The file that goes with a bundle. */
export function renderLicences(packages: readonly PackedPackage[]): string {
  const parts = packages.map(
    ({ name, version, licence, text }) =>
      `${name} ${version}\n${licence}\n${text === '' ? '' : `\n${text}\n`}`,
  )
  return parts.join(`\n${'-'.repeat(80)}\n\n`)
}

function* filesOf(modules: readonly z.infer<typeof module>[]): Generator<string> {
  for (const one of modules) {
    if (one.nameForCondition) yield one.nameForCondition.replaceAll('\\', '/')
    yield* filesOf(one.modules ?? [])
  }
}

async function noticesIn(folder: string): Promise<string> {
  const names = (await readdir(folder)).filter((name) => /^(licen[cs]e|copying|notice)/i.test(name)).sort()
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))
  return texts
    .map((text) => text.replaceAll('\r\n', '\n').trim())
    .filter((text, index, all) => text !== '' && all.indexOf(text) === index)
    .join('\n\n')
}
