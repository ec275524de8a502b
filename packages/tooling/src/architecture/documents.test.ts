import { existsSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { describe, expect, test } from 'vitest'
import { listFiles, root } from '../project.ts'

const read = (path: string) => readFileSync(join(root, path), 'utf8')
/** Text as one line, whatever its line breaks. */
const flat = (text: string) => text.replaceAll(/\s+/g, ' ')

const documents = (await listFiles('*.md')).filter((path) => !path.includes('/dist/'))
const texts = new Map(documents.map((path) => [path, read(path)]))

test('each generated table stands in one place, and the others link to it', () => {
  const places = new Map<string, string[]>()
  for (const [path, text] of texts) {
    for (const [, name = ''] of text.matchAll(/^<!-- generated:([\w-]+) -->$/gm)) {
      places.set(name, [...(places.get(name) ?? []), path])
    }
  }
  expect([...places].filter(([, paths]) => paths.length > 1)).toEqual([])
  expect(places.get('outcomes')).toEqual(['README.md'])
  for (const path of [
    'actions/run',
    'packages/cli',
    'packages/gitlab-ci',
    'packages/oz-agent-buildkite-plugin',
  ]) {
    expect(texts.get(`${path}/README.md`), path).toContain('(../../README.md#outcomes-and-exit-codes)')
  }
})

describe('plain words', () => {
  test.for<{ path: string; words: string }>([
    { path: 'README.md', words: 'you can retry only what is worth retrying' },
    { path: 'README.md', words: 'If the step is killed, a post step closes the run' },
    { path: 'README.md', words: 'All invalid inputs are reported together, under the names you used' },
    { path: 'README.md', words: 'the first match wins' },
    { path: 'packages/cli/README.md', words: 'Always use `--flag=value`' },
    {
      path: 'packages/gitlab-ci/README.md',
      words: 'all invalid inputs are reported together, under the names you used',
    },
    { path: 'packages/oz-sim/README.md', words: 'the first match wins' },
  ])('$path says: $words', ({ path, words }) => {
    expect(flat(texts.get(path) ?? '')).toContain(words)
  })
})

test('every link of a document leads to a file, and to a heading if it names one', () => {
  const broken = [...texts].flatMap(([path, text]) =>
    [...text.matchAll(/\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)/g)].flatMap(
      ([link, to = '', anchor]) => {
        const target = to === '' ? path : posix.join(posix.dirname(path), to)
        if (!existsSync(join(root, target))) return [`${path}: ${link}`]
        return anchor === undefined || anchorsOf(read(target)).includes(anchor) ? [] : [`${path}: ${link}`]
      },
    ),
  )
  expect(broken).toEqual([])
})

/** The anchors of a document's headings, as GitHub makes them. */
function anchorsOf(text: string): readonly string[] {
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading.toLowerCase())
  return headings.map((heading) => heading.replaceAll(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-'))
}

test('a README that names a tag of a release says since when it exists', () => {
  const silent = [...texts].filter(
    ([path, text]) =>
      path.endsWith('README.md') &&
      /[@#]v1\b|--branch v1/.test(text) &&
      !/first release|once there is a release/i.test(flat(text)),
  )
  expect(silent.map(([path]) => path)).toEqual([])
})

test('the changelog has a section for the version that is declared', () => {
  const { version } = JSON.parse(read('package.json'))
  expect(texts.get('CHANGELOG.md')).toMatch(new RegExp(`^## \\[${version.replaceAll('.', '\\.')}\\]`, 'm'))
})

test.for<{ folder: string; ext: string }>([
  { folder: 'examples/github', ext: '*.yml' },
  { folder: 'examples/buildkite', ext: '*.yml' },
  { folder: 'examples/gitlab', ext: '*/.gitlab-ci.yml' },
])('the README of $folder links to every example', async ({ folder, ext }) => {
  const examples = await listFiles(`${folder}/${ext}`)
  const text = texts.get(`${folder}/README.md`) ?? ''
  expect(examples.length).toBeGreaterThan(5)
  expect(examples.filter((path) => !text.includes(`(${path.slice(folder.length + 1)})`))).toEqual([])
})

test('every message that docs/troubleshooting.md quotes is one of the code', async () => {
  const sources = await listFiles('packages/*/src/*.ts', 'packages/*/shell/*', 'packages/*/hooks/*')
  const code = flat(
    sources
      .filter((path) => !path.endsWith('.test.ts'))
      .map(read)
      .join('\n'),
  )
  const quoted = [...(texts.get('docs/troubleshooting.md') ?? '').matchAll(/^\| (`.+?`) \|/gm)]
    .flatMap(([, cell = '']) => cell.split('`, `'))
    .map((message) => message.replaceAll('`', ''))
  // `…` stands for what the code fills in.
  const fragments = quoted.flatMap((message) => message.split('…')).map((text) => text.trim())
  expect(quoted.length).toBeGreaterThan(50)
  expect(fragments.filter((text) => text.length > 3 && !code.includes(text))).toEqual([])
})
