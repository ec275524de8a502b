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
    return { path, room, code, lines: text.split('\n').length - 1, imports: importsOf(code), isTest }
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
