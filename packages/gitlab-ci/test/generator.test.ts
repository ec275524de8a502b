import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sha256Hex } from '../src/template/program.ts'

const GENERATE = fileURLToPath(new URL('../src/generate-main.ts', import.meta.url))
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oz-gitlab-generator-'))
  await writeFile(join(folder, 'program.js'), 'console.log(1)\n')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const run = (...args: readonly string[]) =>
  execa(process.execPath, ['--conditions=source', GENERATE, ...args], {
    cwd: folder,
    reject: false,
    stdin: 'ignore',
    stripFinalNewline: false,
  })
const written = async () =>
  (await readdir(folder, { recursive: true })).filter((name) => name !== 'program.js')

test('generate prints the same bytes twice', async () => {
  const first = await run('generate', '--program-file=program.js')
  const second = await run('generate', '--program-file=program.js')
  expect(first.exitCode).toBe(0)
  expect(first.stdout).toContain(`OZ_PROGRAM_SHA256: ${sha256Hex('console.log(1)\n')}`)
  expect(second.stdout).toBe(first.stdout)
})

test('wrong options: all of them at once, exit 64, nothing written', async () => {
  const end = await run('init', '--stag=x', '--gitlab-version=1.0', '--on=never')
  expect(end.exitCode).toBe(64)
  expect(end.stderr.split('\n').filter((line) => line.startsWith('  - '))).toHaveLength(4)
  expect(await written()).toEqual([])
})

test.for<[name: string, args: string[], words: string]>([
  ['a program that is not there', ['--program-file=nope.js'], '--program-file: there is no file "nope.js"'],
  ['a folder for the program', ['--program-file=.'], '--program-file: there is no file "."'],
  [
    'a folder that is not there',
    ['--program-file=program.js', '--directory=nope'],
    '--directory: there is no folder "nope"',
  ],
  [
    'a path out of the repository',
    ['--program-file=program.js', '--template-path=../x.yml'],
    '--template-path: expected a path in',
  ],
  [
    'a template that is no YAML',
    ['--program-file=program.js', '--template-path=x.txt'],
    'that ends in .yml, got "x.txt"',
  ],
])('%s is told by its option, and nothing is written', async ([, args, words]) => {
  const end = await run('init', ...args)
  expect(end.exitCode).toBe(64)
  expect(end.stderr).toContain(words)
  expect(await written()).toEqual([])
})

test('a folder that cannot be written to is told in one line, not as a bug', async () => {
  await writeFile(join(folder, '.gitlab'), 'a file where a folder should be')
  const end = await run('init', '--program-file=program.js')
  expect(end.exitCode).toBe(69)
  expect(end.stderr).toMatch(/^ENOTDIR: .*\.gitlab.*\n$|^EEXIST: .*\.gitlab.*\n$/)
})

test('the licences beside the program are vendored with it', async () => {
  await writeFile(join(folder, 'licenses.txt'), 'a 1.0.0\nMIT\n')
  const end = await run('init', '--program-file=program.js')
  expect(end.stdout).toContain('created .gitlab/oz-agent/oz-agent.licenses.txt')
  const vendored = await readFile(join(folder, '.gitlab/oz-agent/oz-agent.licenses.txt'), 'utf8')
  expect(vendored).toMatch(/^a 1\.0\.0\nMIT\n# oz-agent-gitlab wrote this file/)
})

test('init writes template and program, prints the include lines, and a second run changes nothing', async () => {
  const first = await run('init', '--program-file=program.js')
  expect(first.exitCode).toBe(0)
  expect(first.stdout).toContain('include:\n  - local: /.gitlab/oz-agent/template.yml\n')
  const program = await readFile(join(folder, '.gitlab/oz-agent/oz-agent.mjs'))
  expect(sha256Hex(program)).toBe(sha256Hex('console.log(1)\n'))
  const second = await run('init', '--program-file=program.js')
  expect(second.stdout).toMatch(/^unchanged .*template\.yml\nunchanged .*oz-agent\.mjs\n/)
})

test('a template that was changed by hand is shown and kept', async () => {
  await run('init', '--program-file=program.js')
  const path = join(folder, '.gitlab/oz-agent/template.yml')
  const changed = (await readFile(path, 'utf8')).replace('default: test', 'default: mine')
  await writeFile(path, changed)
  const end = await run('init', '--program-file=program.js')
  expect(end.exitCode).toBe(64)
  expect(end.stderr).toContain('-      default: mine\n+      default: test')
  expect(await readFile(path, 'utf8')).toBe(changed)
})

test('a template for a remote include comes with its checksum, where that GitLab checks it', async () => {
  const url = '--remote-url=https://ci.example.com/oz-agent.yml'
  const image = ['generate', '--program=image', url]
  const now = await run(...image)
  expect(now.stderr).toMatch(
    /remote: https:\/\/ci\.example\.com\/oz-agent\.yml\n {4}integrity: sha256-[\w+/]{43}=\n/,
  )
  const older = await run(...image, '--gitlab-version=17.8')
  expect(older.stderr).not.toContain('integrity')
})

test('component writes a project that is ready for the catalog', async () => {
  const end = await run('component', '--program=image', '--component-name=agent')
  expect(end.exitCode).toBe(0)
  expect(await written()).toEqual(
    expect.arrayContaining(['README.md', '.gitlab-ci.yml', 'templates/agent.yml']),
  )
  expect(await readFile(join(folder, '.gitlab-ci.yml'), 'utf8')).toContain('release:')
})

test('check tells what GitLab would, and exits with 1', async () => {
  await run('init', '--program-file=program.js')
  const config = 'include:\n  - local: /.gitlab/oz-agent/template.yml\n    inputs: { promt: x }\n'
  await writeFile(join(folder, '.gitlab-ci.yml'), config)
  const end = await run('check')
  expect(end.exitCode).toBe(1)
  expect(end.stderr).toContain('unknown input arguments: promt')
})

test('check reads the files that a wildcard includes, and no folder of packages', async () => {
  await run('init', '--program-file=program.js')
  const wrong = 'include:\n  - local: /.gitlab/oz-agent/template.yml\n    inputs: { promt: x }\n'
  for (const path of ['ci/one', 'ci/node_modules/two']) {
    await mkdir(join(folder, path), { recursive: true })
    await writeFile(join(folder, path, 'jobs.yml'), wrong)
  }
  await writeFile(join(folder, '.gitlab-ci.yml'), 'include: /ci/**.yml\n')
  const end = await run('check')
  expect(end.stderr).toMatch(/^ci\/one\/jobs\.yml: .*unknown input arguments: promt\n$/)
})

const WORKFLOW = 'workflow: { rules: [{ if: $CI_MERGE_REQUEST_IID }] }\n'
test.for<[name: string, config: string, args: string[], advises: boolean]>([
  ['a pipeline with a job', 'test: { script: [make] }\n', ['--on=merge-request'], true],
  ['a pipeline with a job, by default', 'test: { script: [make] }\n', [], true],
  ['a pipeline with workflow:rules', `${WORKFLOW}test: { script: [make] }\n`, ['--on=merge-request'], false],
  ['a pipeline with workflow:rules, by default', `${WORKFLOW}test: { script: [make] }\n`, [], false],
  [
    'jobs that have rules',
    'test: { script: [make], rules: [{ when: always }] }\n',
    ['--on=merge-request'],
    false,
  ],
  ['no answer to merge requests', 'test: { script: [make] }\n', ['--on=schedule'], false],
])('init says what keeps a merge request to one pipeline: %s', async ([, config, args, advises]) => {
  await writeFile(join(folder, '.gitlab-ci.yml'), config)
  const end = await run('init', '--program-file=program.js', ...args)
  expect(end.exitCode).toBe(0)
  expect(end.stdout.includes('template: Workflows/MergeRequest-Pipelines.gitlab-ci.yml')).toBe(advises)
})

test('init says how the job comes to run for merge requests, which it does not by default', async () => {
  const hint = 'To have it do so: init --on schedule --on web --on child --on merge-request'
  expect((await run('init', '--program-file=program.js')).stdout).toContain(hint)
  expect((await run('init', '--program-file=program.js', '--on=merge-request')).stdout).not.toContain(hint)
})

test('init in a sub-folder of a repository is refused, in its root it is not', async () => {
  await mkdir(join(folder, '.git'))
  await mkdir(join(folder, 'app'))
  const end = await run('init', '--program-file=program.js', '--directory=app')
  expect(end.exitCode).toBe(64)
  expect(end.stderr).toContain('"app" is a part of the repository')
  expect((await run('init', '--program-file=program.js')).exitCode).toBe(0)
})

test('uninstall leaves no folder of its own behind', async () => {
  await run('init', '--program-file=program.js')
  expect((await run('uninstall')).exitCode).toBe(0)
  expect(await written()).toEqual([])
})
