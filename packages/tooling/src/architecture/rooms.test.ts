import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bundles } from '../build/bundles.ts'
import { root } from '../project.ts'
import { cyclesOf, onlyReExportsOne, readSources, type Source } from './source.ts'

const sources = readSources()
const code = sources.filter(({ isTest }) => !isTest)
const rooms = [...new Set(sources.map(({ room }) => room))]
const manifests = new Map(rooms.map((room) => [room, readManifest(room)]))

/** The package that a bundle is made of. */
const roomOf = (entry: string) => entry.split('/')[1] ?? ''
/** Packages that bring core to users: each is built into a bundle, and depends on core. */
const adapters = rooms.filter(
  (room) =>
    bundles.some(({ entry }) => roomOf(entry) === room) &&
    Object.hasOwn(manifests.get(room)?.dependencies ?? {}, '@oz-agent/core'),
)

describe('the rooms of the house', () => {
  test('each bundle is made of a package that is here', () => {
    expect(bundles.map(({ entry }) => roomOf(entry)).filter((room) => !rooms.includes(room))).toEqual([])
    expect(adapters).toEqual(expect.arrayContaining(['github-action', 'gitlab-ci', 'cli']))
  })

  test('an adapter imports no other adapter', () => {
    const wrong = roomImports(code).filter(({ from, to }) => adapters.includes(from) && adapters.includes(to))
    expect(wrong).toEqual([])
  })

  test('core imports no other room and no toolkit of a CI', () => {
    const core = code.filter(({ room }) => room === 'core')
    const toolkits = core.filter(({ imports }) => imports.some((name) => name.startsWith('@actions/')))
    expect(roomImports(core)).toEqual([])
    expect(toolkits.map(({ path }) => path)).toEqual([])
  })

  test('another room is imported by its public names only', () => {
    const open = rooms.flatMap((room) =>
      Object.keys(manifests.get(room)?.exports ?? {}).map((key) => publicName(room, key)),
    )
    const wrong = sources.flatMap(({ path, imports }) =>
      imports
        .filter((name) => name.startsWith('@oz-agent/') && !open.includes(name))
        .map((name) => `${path} → ${name}`),
    )
    expect(wrong).toEqual([])
  })

  test('what is made for tests is imported by tests only', () => {
    const wrong = code.filter(({ imports }) => imports.some((name) => /^@oz-agent\/.*\/testing$/.test(name)))
    expect(wrong.map(({ path }) => path)).toEqual([])
  })

  test('no file reaches into another room by a relative path', () => {
    const wrong = code.flatMap(({ path, room, imports }) =>
      imports
        .filter((name) => name.startsWith('.') && !join(path, '..', name).startsWith(join('packages', room)))
        .map((name) => `${path} → ${name}`),
    )
    expect(wrong).toEqual([])
  })
})

describe('cycles', () => {
  test('there is none between files', () => {
    const edges = new Map(
      sources.map(({ path, imports }) => [
        path,
        imports.filter((name) => name.startsWith('.')).map((name) => join(path, '..', name)),
      ]),
    )
    const cycles = cyclesOf(edges)
    expect(cycles).toEqual([])
  })

  test('there is none between packages, not even for tests', () => {
    const names = new Map([...manifests].map(([room, { name }]) => [name, room]))
    const edges = new Map(
      [...manifests].map(([room, { dependencies, devDependencies }]) => [
        room,
        Object.keys({ ...dependencies, ...devDependencies }).flatMap((name) => names.get(name) ?? []),
      ]),
    )
    expect(cyclesOf(edges)).toEqual([])
  })
})

describe('lazy loading', () => {
  /** The only places in shipped code that load code when it is needed, each with what it loads. */
  const SEAMS: readonly (readonly [file: string, specifier: string])[] = [
    ['packages/core/src/node/ports.ts', '../on-demand.ts'],
    ['packages/core/src/step/finish.ts', '../on-demand.ts'],
    ['packages/github-action/src/cache.ts', '@actions/cache'],
  ]

  test('happens at the seams only', () => {
    const shipped = code.filter(({ room }) => !['tooling', 'test-runners'].includes(room))
    const found = shipped.flatMap(({ path, lazyImports }) => lazyImports.map((name) => `${path} → ${name}`))
    expect([...new Set(found)].toSorted()).toEqual(SEAMS.map((seam) => seam.join(' → ')).toSorted())
  })
})

describe('the world outside', () => {
  const effects =
    /(?<![\w.'"`$])(process\.(env|argv|exit|exitCode|cwd|platform|kill|on|once|stdout|stderr|stdin)\b|fetch\(|Date\.now\(|setTimeout\(|setInterval\()/
  const ports =
    /^packages\/(tooling\/|test-runners\/|core\/src\/node\/|github-action\/src\/log-format\.ts$|oz-sim\/src\/process-host\.ts$)/
  const entries = /\/src\/(entry\/[\w-]+|main|generate-main)\.ts$/

  test('is touched by ports and entry files only', () => {
    const wrong = code
      .filter(({ path }) => !ports.test(path) && !entries.test(path))
      .flatMap((source) => {
        const found = effects.exec(source.code)
        return found ? [`${source.path}: ${found[0]}`] : []
      })
    expect(wrong).toEqual([])
  })
})

describe('what users run', () => {
  // GitHub's runner brings a newer Node for what stands in `actions`.
  const elsewhere = bundles
    .filter(({ dist }) => !dist.startsWith('actions/'))
    .map(({ entry }) => roomOf(entry))
  const shipped = ['core', ...elsewhere]
  // Node 22.15; what came with 23 and 24.
  const newer = /\b(Promise\.try|RegExp\.escape|Error\.isError|Math\.sumPrecise|Atomics\.(pause|waitAsync))\(/

  test('needs nothing that the oldest Node does not have', () => {
    const wrong = code.filter((source) => shipped.includes(source.room) && newer.test(source.code))
    expect(wrong.map((source) => `${source.path}: ${newer.exec(source.code)?.[0]}`)).toEqual([])
  })
})

describe('every file', () => {
  // One row after the other, without logic: to be read from top to bottom.
  const tables = ['packages/core/src/contract/inputs.ts']

  test('is about one thing: at most 250 lines', () => {
    const long = code.filter(({ lines, path }) => lines > 250 && !tables.includes(path))
    expect(long.map(({ path, lines }) => `${path}: ${lines} lines`)).toEqual([])
  })

  test('has something of its own, and does not only hand on one other', () => {
    const wrong = code.filter((source) => onlyReExportsOne(source.code)).map(({ path }) => path)
    expect(wrong).toEqual([])
  })

  test('has named exports only', () => {
    const wrong = code.filter((source) => /^export default\b/m.test(source.code))
    expect(wrong.map(({ path }) => path)).toEqual([])
  })
})

interface Manifest {
  readonly name: string
  readonly exports?: Readonly<Record<string, unknown>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

function readManifest(room: string): Manifest {
  return JSON.parse(readFileSync(join(root, 'packages', room, 'package.json'), 'utf8'))
}

function publicName(room: string, key: string): string {
  return join(manifests.get(room)?.name ?? '', key).replaceAll('\\', '/')
}

/** Which rooms files import, by the names of the packages; a room's imports of itself do not count. */
function roomImports(files: readonly Source[]): readonly { path: string; from: string; to: string }[] {
  return files.flatMap(({ path, room, imports }) =>
    imports.flatMap((name) => {
      const to = rooms.find((other) => {
        const packageName = manifests.get(other)?.name ?? ''
        return name === packageName || name.startsWith(`${packageName}/`)
      })
      return to === undefined || to === room ? [] : [{ path, from: room, to }]
    }),
  )
}
