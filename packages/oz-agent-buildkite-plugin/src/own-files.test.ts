import { chmod, mkdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createNodePorts } from '@oz-agent/core'
import { temporaryFolder } from '@oz-agent/core/testing'
import { execa } from 'execa'
import { expect, it } from 'vitest'
import { readOwnFiles } from './own-files.ts'

const { files } = createNodePorts()

async function inPlugin(work: (root: string) => Promise<void>): Promise<void> {
  await using folder = await temporaryFolder()
  const root = join(folder.path, 'plugin')
  for (const name of ['hooks', 'shell', 'dist']) await mkdir(join(root, name), { recursive: true })
  await writeFile(join(root, 'hooks/pre-exit'), 'ours', { mode: 0o755 })
  await writeFile(join(root, 'dist/index.js'), 'ours')
  await work(root)
}

it.each<[name: string, change: (root: string) => Promise<unknown>, names: readonly string[]]>([
  ['nothing', async () => {}, []],
  ['a hook', (root) => writeFile(join(root, 'hooks/pre-exit'), 'theirs'), ['hooks/pre-exit']],
  ['the rights of a hook', (root) => chmod(join(root, 'hooks/pre-exit'), 0o600), ['hooks/pre-exit']],
  ['a hook that was removed', (root) => rm(join(root, 'hooks/pre-exit')), ['hooks/pre-exit']],
  [
    'a hook that was added',
    (root) => writeFile(join(root, 'hooks/pre-artifact'), 'x'),
    ['hooks/pre-artifact'],
  ],
  [
    'a chunk that was added',
    (root) => writeFile(join(root, 'dist/package.json'), '{}'),
    ['dist/package.json'],
  ],
  [
    'a link in place of a file',
    async (root) => {
      await writeFile(join(root, '../theirs'), 'ours')
      await rm(join(root, 'dist/index.js'))
      await symlink('../../theirs', join(root, 'dist/index.js'))
    },
    ['dist/index.js'],
  ],
  [
    'a link in place of a folder',
    async (root) => {
      await mkdir(join(root, '../theirs'))
      await rm(join(root, 'hooks'), { recursive: true })
      await symlink('../theirs', join(root, 'hooks'))
    },
    ['hooks/pre-exit'],
  ],
])("puts the plugin's files back: %s", (_, change, names) =>
  inPlugin(async (root) => {
    const own = await readOwnFiles(root, files)
    await change(root)
    expect(await own.putBack()).toEqual(names)
    expect(await readFile(join(root, 'hooks/pre-exit'), 'utf8')).toBe('ours')
    expect((await stat(join(root, 'hooks/pre-exit'))).mode & 0o777).toBe(0o755)
    expect(await files.isLink(join(root, 'dist/index.js'))).toBe(false)
    expect(await files.list(join(root, 'hooks'))).toEqual(['pre-exit'])
    expect(await own.putBack()).toEqual([])
  }),
)

it('has sums that sha256sum takes, and refuses once a file changed', () =>
  inPlugin(async (root) => {
    await writeFile(join(root, '../sums'), (await readOwnFiles(root, files)).sums)
    const check = () => execa('sha256sum', ['--check', '--status', '../sums'], { cwd: root, reject: false })
    expect((await check()).exitCode).toBe(0)
    await writeFile(join(root, 'dist/index.js'), 'theirs')
    expect((await check()).exitCode).toBe(1)
  }))
