import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../project.ts'

/** One TypeScript file of a package. */
export interface Source {
  /** Relative to the checkout, with forward slashes. */
  readonly path: string
  /** The folder of its package. */
  readonly room: string
  /** Without comments. */
  readonly code: string
  readonly lines: number
  /** What it imports, as written. */
  readonly imports: readonly string[]
  /** Those of them that are loaded only when the code gets there. */
  readonly lazyImports: readonly string[]
  /** Tests, and what only tests use. */
  readonly isTest: boolean
}

/** Every TypeScript file under `packages`. */
export function readSources(): readonly Source[] {
  return readdirSync(join(root, 'packages')).flatMap((room) =>
    ['src', 'test', 'bench'].flatMap((area) => readArea(room, area)),
  )
}

function readArea(room: string, area: string): Source[] {
  const folder = join(root, 'packages', room, area)
  if (!existsSync(folder)) return []
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  )
  return files.map((file) => {
    const path = `packages/${room}/${area}/${file.replaceAll('\\', '/')}`
    const text = readFileSync(join(root, path), 'utf8')
    const isTest = area !== 'src' || path.endsWith('.test.ts') || path.includes('/testing/')
    const code = withoutComments(text)
    const lines = text.split('\n').length - 1
    return { path, room, code, lines, imports: importsOf(code), lazyImports: lazyImportsOf(code), isTest }
  })
}

/** The code without comments; `//` inside of a word, as in a URL, begins none. */
export function withoutComments(text: string): string {
  return text.replace(/\/\*\*?[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '')
}

/** What code imports and exports from, statically or lazily. */
export function importsOf(code: string): readonly string[] {
  const found = code.matchAll(/(?:\bfrom\s*|\bimport\s*\(\s*|^\s*import\s+)'([^'\n]+)'/gm)
  return [...found].map((match) => match[1] ?? '')
}

/** What code imports by `import()`. The name may stand in quotes of any kind, or be a calculation. */
export function lazyImportsOf(code: string): readonly string[] {
  const found = code.matchAll(/(?<![\w.'"`$])import\s*\(\s*(?:'([^'\n]+)'|([^)\n]*))/g)
  return [...found].map((match) => match[1] ?? match[2] ?? '')
}

/** Whether a file has no code of its own but `export … from` one other file. */
export function onlyReExportsOne(code: string): boolean {
  const rest = code.replace(/^export\s+(type\s+)?(\*(\s+as\s+\w+)?|\{[^}]*\})\s+from\s+'[^']+'/gm, '')
  return rest.trim() === '' && new Set(importsOf(code)).size === 1
}

/** Groups of names that reach each other; `edges` has the direct ways. The groups and their names are sorted. */
export function cyclesOf(edges: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const reached = new Map([...edges.keys()].map((from) => [from, reach(from, edges)]))
  const groups = [...edges.keys()].flatMap((name) => {
    if (!reached.get(name)?.has(name)) return []
    return [
      [...edges.keys()].filter((other) => reached.get(name)?.has(other) && reached.get(other)?.has(name)),
    ]
  })
  return [...new Map(groups.map((group) => [group.toSorted().join(), group.toSorted()])).values()].toSorted()
}

/** All that can be reached from a name by one way or more. */
function reach(from: string, edges: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const found = new Set<string>()
  const open = [...(edges.get(from) ?? [])]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue
    found.add(next)
    open.push(...(edges.get(next) ?? []))
  }
  return found
}
