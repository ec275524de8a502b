import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, delimiter, dirname, join } from 'node:path'
import { createOz } from '@oz-agent/oz-sim'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listFiles, root } from '../src/project.ts'

/** Shell commands of a Markdown file, as a reader copies them. */
interface ShellBlock {
  /** Where its fence stands. */
  readonly line: number
  readonly language: string
  readonly commands: string
  /** Why it is not run: the text of `<!-- not run: … -->` on the line before it. */
  readonly notRun: string | undefined
}

function shellBlocks(markdown: string): readonly ShellBlock[] {
  const lines = markdown.split('\n')
  return lines.flatMap((text, index) => {
    const language = /^```(sh|bash|console|shell|zsh)$/.exec(text)?.[1]
    if (language === undefined) return []
    const length = lines.slice(index + 1).indexOf('```')
    const notRun = /^<!-- not run: (.+) -->$/.exec(lines[index - 1] ?? '')?.[1]
    return {
      line: index + 1,
      language,
      commands: lines.slice(index + 1, index + 1 + length).join('\n'),
      notRun,
    }
  })
}

const documents = (await listFiles('*.md')).filter((path) => !path.includes('/dist/'))
const blocks = new Map<string, readonly ShellBlock[]>()
for (const path of documents) blocks.set(path, shellBlocks(await readFile(join(root, path), 'utf8')))
const withCommands = documents.filter((path) => blocks.get(path)?.some(({ notRun }) => notRun === undefined))

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'readme-blocks-'))
  await execa('git', ['clone', '--quiet', '--no-checkout', root, join(folder, 'origin')])
  await createOz({ dir: join(folder, 'bin'), nodePath: process.execPath })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('the commands of', () => {
  // What is committed is what a clone holds: a change counts once it is committed.
  test.each(withCommands)('%s work as pasted, one block after the other', async (path) => {
    const committed = await execa('git', ['show', `HEAD:${path}`], { cwd: root })
    const wanted = shellBlocks(committed.stdout).filter(({ notRun }) => notRun === undefined)
    const project = join(folder, path.replaceAll('/', '-'), 'project')
    await mkdir(project, { recursive: true })
    await execa('git', ['init', '--quiet', project])
    // One shell for all of them, as a reader has one terminal; the file tells how far it came.
    const told = wanted.map(({ line, commands }) => `${commands}\necho ${line} >> ../finished`)
    await writeFile(join(project, '../blocks.sh'), told.join('\n'))
    await writeFile(join(project, '../finished'), '')
    const run = await execa('sh', ['-e', '../blocks.sh'], {
      cwd: project,
      env: environment(dirname(project)),
      extendEnv: false,
      reject: false,
      all: true,
      stdin: 'ignore',
      timeout: 60_000,
    })
    const finished = (await readFile(join(project, '../finished'), 'utf8')).split('\n').slice(0, -1)
    expect(finished, run.all).toEqual(wanted.map(({ line }) => String(line)))
    expect(run.exitCode, run.all).toBe(0)
  })
})

test('commands stand in blocks of the language sh', () => {
  const others = [...blocks].flatMap(([path, found]) =>
    found.filter(({ language }) => language !== 'sh').map(({ line }) => `${path}:${line}`),
  )
  expect(others).toEqual([])
})

test('few blocks are not run, each for a reason', () => {
  const notRun = [...blocks].flatMap(([path, found]) =>
    found.flatMap((block) => (block.notRun === undefined ? [] : `${path}: ${block.notRun}`)),
  )
  expect(notRun).toEqual([
    'README.md: doctor asks the hosts of Warp',
    'README.md: both install packages from a registry',
    "packages/gitlab-ci/README.md: npx fetches gitlab-ci-local; the test of GitLab's README runs it",
    'packages/oz-agent-buildkite-plugin/README.md: these are the tests themselves',
  ])
})

/** Of a user who has the stand-in on PATH, and for whom the project's address leads to the clone. */
function environment(home: string): Record<string, string> {
  const path = [join(folder, 'bin'), dirname(process.execPath), process.env.PATH ?? '']
  expect(basename(process.execPath)).toMatch(/^node/)
  return {
    PATH: path.join(delimiter),
    HOME: home,
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `url.file://${join(folder, 'origin')}.insteadOf`,
    GIT_CONFIG_VALUE_0: 'https://github.com/org/oz-agent-action',
  }
}
