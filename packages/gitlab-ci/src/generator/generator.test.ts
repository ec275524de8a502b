import { expect, test } from 'vitest'
import { sha256Hex } from '../template/program.ts'
import { runGenerator } from './generator.ts'
import type { Repository } from './plan.ts'
import type { GeneratorPorts } from './ports.ts'

/** Runs the generator in a repository that is in memory. */
async function run(
  args: readonly string[],
  parts: Partial<Repository> = {},
  { files = new Map<string, string>(), program = 'program' } = {},
) {
  const printed = { out: '', err: '' }
  const repository: Repository = {
    exists: async () => true,
    outerRoot: async () => undefined,
    read: async (path) => (files.has(path) ? Buffer.from(files.get(path) ?? '') : undefined),
    list: async () => [...files.keys()],
    write: async (path, content) => void files.set(path, Buffer.from(content).toString('utf8')),
    remove: async (path) => void files.delete(path),
    ...parts,
  }
  const ports: GeneratorPorts = {
    repository: () => repository,
    program: async () => ({ bytes: Buffer.from(program), licences: `licences of ${program}\n` }),
    out: (text) => {
      printed.out += text
    },
    err: (text) => {
      printed.err += text
    },
  }
  return { code: await runGenerator(args, ports), ...printed, files }
}

test('init in a folder of a repository names its root, and writes nothing', async () => {
  const end = await run(['init', '--directory=app'], { outerRoot: async () => '/home/ci/project' })
  expect(end.code).toBe(64)
  expect(end.err).toContain(
    '--directory: "app" is a part of the repository /home/ci/project, and GitLab reads the paths of includes from its root: use --directory=/home/ci/project',
  )
  expect(end.files.size).toBe(0)
})

test.for(['EACCES', 'EPERM', 'EROFS'])(
  'a folder that may not be written to (%s) is told in one sentence',
  async (code) => {
    const error = Object.assign(new Error('no'), { code, syscall: 'mkdir', path: '/home/ci/project/.gitlab' })
    const end = await run(['init'], { write: () => Promise.reject(error) })
    expect(end.code).toBe(69)
    expect(end.err).toBe(
      `/home/ci/project/.gitlab cannot be written or read by this user (${code}): nothing more was done. Change its permissions, or name another folder with --directory.\n`,
    )
  },
)

const PATH = '.gitlab/oz-agent/template.yml'
const OTHER = 'ci/nightly.yml'
const PROGRAM = '.gitlab/oz-agent/oz-agent.mjs'

test('a second init keeps the options of the first, and new ones are added', async () => {
  const { files } = await run(['init', '--stage=review', '--tag=a', '--tag=b', '--cache'])
  const first = files.get(PATH)
  const again = await run(['init'], {}, { files })
  expect(again.out).toContain(`unchanged ${PATH}`)
  expect(files.get(PATH)).toBe(first)
  await run(['init', '--stage=other', '--needs=build'], {}, { files })
  expect(files.get(PATH)).toContain(
    '# options of oz-agent-gitlab: ["--cache","--needs=build","--stage=other","--tag=a","--tag=b"]',
  )
  await run(['init', '--forget'], {}, { files })
  expect(files.get(PATH)).toContain('# options of oz-agent-gitlab: []')
})

test('a second template that shares the program leaves the first one right', async () => {
  const { files } = await run(['init'])
  const options = { files, program: 'newer' }
  const end = await run(['init', `--template-path=${OTHER}`, '--job-name=nightly'], {}, options)
  expect(end.code).toBe(0)
  expect(files.get(PROGRAM)).toBe('newer')
  for (const path of [PATH, OTHER]) expect(files.get(path)).toContain(sha256Hex('newer'))
  expect((await run(['init'], {}, options)).out).toContain(`unchanged ${PATH}`)
})

test('upgrade takes up the options of every template and shows what changes', async () => {
  const { files } = await run(['init', '--stage=review'])
  await run(['init', `--template-path=${OTHER}`, '--job-name=nightly'], {}, { files })
  const end = await run(['upgrade'], {}, { files, program: 'newer' })
  expect(end.code).toBe(0)
  expect(end.out).toContain(`updated ${PATH}`)
  expect(end.out).toContain(`updated ${OTHER}`)
  expect(end.out).toContain(`+    OZ_PROGRAM_SHA256: ${sha256Hex('newer')}`)
  expect(files.get(PATH)).toContain('default: review')
  expect(files.get(OTHER)).toContain('default: nightly')
  expect(files.get(PROGRAM)).toBe('newer')
})

test('upgrade leaves a template that was changed by hand, and all others with it', async () => {
  const { files } = await run(['init'])
  files.set(PATH, (files.get(PATH) ?? '').replace('default: test', 'default: mine'))
  const before = new Map(files)
  const end = await run(['upgrade'], {}, { files, program: 'newer' })
  expect(end.code).toBe(64)
  expect(end.err).toContain('was changed by hand')
  expect(files).toEqual(before)
})

test('uninstall removes what init wrote and nothing else', async () => {
  const { files } = await run(['init'])
  await run(['init', `--template-path=${OTHER}`, '--job-name=nightly'], {}, { files })
  const mine = [
    ['.gitlab-ci.yml', 'test: {}\n'],
    ['.gitlab/oz-agent/prompt.md', 'Do it\n'],
  ] as const
  for (const [path, text] of mine) files.set(path, text)
  const end = await run(['uninstall'], {}, { files })
  expect(end.code).toBe(0)
  expect([...files]).toEqual(mine)
})

test('uninstall keeps everything when a file was changed by hand, unless it is forced', async () => {
  const { files } = await run(['init'])
  files.set(PROGRAM, 'mine')
  const refused = await run(['uninstall'], {}, { files })
  expect(refused.code).toBe(64)
  expect(refused.err).toContain(`${PROGRAM}: was changed by hand since it was written; --force removes it`)
  expect(files.size).toBe(3)
  await run(['uninstall', '--force'], {}, { files })
  expect(files.size).toBe(0)
})

test.for(['upgrade', 'uninstall'])('%s without a template is told', async (command) => {
  const end = await run([command])
  expect(end.code).toBe(64)
  expect(end.err).toContain('--directory: "." has no template that init wrote')
})
