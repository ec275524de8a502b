import { expect, test } from 'vitest'
import { type GeneratorPorts, runGenerator } from './generator.ts'
import type { Repository } from './plan.ts'

/** Runs the generator in a repository that is in memory. */
async function run(args: readonly string[], parts: Partial<Repository> = {}) {
  const files = new Map<string, string>()
  const printed = { out: '', err: '' }
  const repository: Repository = {
    exists: async () => true,
    outerRoot: async () => undefined,
    read: async (path) => (files.has(path) ? Buffer.from(files.get(path) ?? '') : undefined),
    list: async () => [...files.keys()],
    write: async (path, content) => void files.set(path, Buffer.from(content).toString('utf8')),
    ...parts,
  }
  const ports: GeneratorPorts = {
    repository: () => repository,
    program: async () => ({ bytes: Buffer.from('program'), licences: undefined }),
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
  const end = await run(['init', '--directory=app'], { outerRoot: async () => '/work/project' })
  expect(end.code).toBe(64)
  expect(end.err).toContain(
    '--directory: "app" is a part of the repository /work/project, and GitLab reads the paths of includes from its root: use --directory=/work/project',
  )
  expect(end.files.size).toBe(0)
})

test.for(['EACCES', 'EPERM', 'EROFS'])(
  'a folder that may not be written to (%s) is told in one sentence',
  async (code) => {
    const error = Object.assign(new Error('no'), { code, syscall: 'mkdir', path: '/work/project/.gitlab' })
    const end = await run(['init'], { write: () => Promise.reject(error) })
    expect(end.code).toBe(69)
    expect(end.err).toBe(
      `/work/project/.gitlab cannot be written or read by this user (${code}): nothing more was done. Change its permissions, or name another folder with --directory.\n`,
    )
  },
)
