import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createNodePorts } from '@oz-agent/core'
import { temporaryFolder } from '@oz-agent/core/testing'
import { describe, expect, it } from 'vitest'
import { createWorkingTree } from './working-tree.ts'

const LIMIT = 20_000
const ports = createNodePorts()

async function inRepository(
  work: (root: string, git: (...args: string[]) => string) => Promise<void>,
): Promise<void> {
  await using folder = await temporaryFolder()
  const root = join(folder.path, 'checkout')
  mkdirSync(root)
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com']
  const git = (...args: string[]) =>
    execFileSync('git', [...identity, ...args], { cwd: root, encoding: 'utf8' })
  git('init', '--quiet')
  writeFileSync(join(root, 'kept.txt'), 'kept\n')
  writeFileSync(join(root, 'old.txt'), 'old\n')
  writeFileSync(join(root, '.gitignore'), 'ignored\n')
  git('add', '--all')
  git('commit', '--quiet', '--message', 'first')
  await work(root, git)
}

const treeOf = (root: string, env = process.env, leftOut?: string) => {
  const scratch = join(root, '../scratch')
  mkdirSync(scratch, { recursive: true })
  return createWorkingTree(root, scratch, env, ports, leftOut)
}

describe('the patch of what the agent changed', () => {
  it('holds new, changed, deleted, binary and committed files, and not what was there before', () =>
    inRepository(async (root, git) => {
      writeFileSync(join(root, 'before.txt'), 'of an earlier hook\n')
      const status = git('status', '--porcelain')
      const tree = treeOf(root)
      const before = await tree.snapshot(LIMIT)
      if (before === undefined) throw new Error('no snapshot')
      expect(git('status', '--porcelain')).toBe(status)

      writeFileSync(join(root, 'kept.txt'), 'changed\n')
      writeFileSync(join(root, 'committed.txt'), 'by the agent\n')
      git('add', 'committed.txt')
      git('commit', '--quiet', '--message', 'of the agent')
      writeFileSync(join(root, 'picture.bin'), Buffer.from([0, 1, 2, 255]))
      rmSync(join(root, 'old.txt'))
      writeFileSync(join(root, 'ignored'), 'x')
      const patch = (await tree.patchSince(before, LIMIT)) ?? ''
      for (const name of ['kept.txt', 'committed.txt', 'picture.bin', 'old.txt'])
        expect(patch).toContain(`b/${name}`)
      for (const name of ['before.txt', 'ignored"']) expect(patch).not.toContain(name)

      git('reset', '--quiet', '--hard', 'HEAD~1')
      rmSync(join(root, 'picture.bin'))
      writeFileSync(join(root, '../changes.patch'), patch)
      git('apply', '../changes.patch')
      expect(readFileSync(join(root, 'kept.txt'), 'utf8')).toBe('changed\n')
      expect([...readFileSync(join(root, 'picture.bin'))]).toEqual([0, 1, 2, 255])
    }))

  it('is empty when nothing changed', () =>
    inRepository(async (root) => {
      const tree = treeOf(root)
      const before = await tree.snapshot(LIMIT)
      expect(before && (await tree.patchSince(before, LIMIT))).toBe('')
    }))

  it("leaves nothing in the checkout's own objects", () =>
    inRepository(async (root, git) => {
      writeFileSync(join(root, 'new.txt'), 'new\n')
      const count = git('count-objects')
      await treeOf(root).snapshot(LIMIT)
      expect(git('count-objects')).toBe(count)
    }))

  it('is of the checkout, wherever the job points git', () =>
    inRepository(async (root) => {
      expect(
        await treeOf(root, { ...process.env, GIT_DIR: '/nowhere', GIT_INDEX_FILE: '/nowhere' }).snapshot(
          LIMIT,
        ),
      ).toBeDefined()
    }))

  it('is not known outside of a checkout', async () => {
    await using folder = await temporaryFolder()
    const root = join(folder.path, 'plain')
    mkdirSync(root)
    const env = { ...process.env, GIT_CEILING_DIRECTORIES: folder.path }
    expect(await treeOf(root, env).snapshot(LIMIT)).toBeUndefined()
  })

  it('is not known without git', () =>
    inRepository(async (root) => {
      expect(await treeOf(root, { PATH: '/nowhere' }).snapshot(LIMIT)).toBeUndefined()
    }))

  it.each([
    ['in the checkout', (root: string) => mkdirSync(join(root, 'cache'))],
    [
      'behind a link, as on hosted agents',
      (root: string) => {
        mkdirSync(join(root, '../volume'))
        symlinkSync('../volume', join(root, 'cache'))
      },
    ],
  ])('leaves out the folder of the cache: %s', (_, make) =>
    inRepository(async (root) => {
      make(root)
      const folder = join(root, 'cache/oz-agent')
      const tree = treeOf(root, process.env, folder)
      const before = await tree.snapshot(LIMIT)
      if (before === undefined) throw new Error('no snapshot')
      mkdirSync(folder)
      writeFileSync(join(folder, 'archive'), 'large\n')
      writeFileSync(join(root, 'new.txt'), 'new\n')
      const patch = await tree.patchSince(before, LIMIT)
      expect(patch).toContain('new.txt')
      expect(patch).not.toContain('archive')
    }),
  )
})
