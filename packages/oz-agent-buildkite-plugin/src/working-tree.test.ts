import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
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

describe('what the agent planted in the checkout does not run', () => {
  type Git = (...args: string[]) => string
  const attributes = (root: string, what: string) =>
    writeFileSync(join(root, '.gitattributes'), `* ${what}\n`)
  /** Each plants something that would run `program`; what it returns is in the environment of the job. */
  const rows: Readonly<
    Record<string, (program: string, root: string, git: Git) => Readonly<Record<string, string>> | undefined>
  > = {
    'a filter that cleans': (program, root, git) => {
      git('config', 'filter.x.clean', program)
      attributes(root, 'filter=x')
    },
    'a filter that is a long running process': (program, root, git) => {
      git('config', 'filter.x.process', program)
      attributes(root, 'filter=x')
    },
    'a filter by attributes within .git': (program, root, git) => {
      git('config', 'filter.x.clean', program)
      mkdirSync(join(root, '.git/info'), { recursive: true })
      writeFileSync(join(root, '.git/info/attributes'), '* filter=x\n')
    },
    'a monitor of the file system': (program, _root, git) => {
      git('config', 'core.fsmonitor', program)
    },
    'a hook': (program, root) => {
      symlinkSync(program, join(root, '.git/hooks/post-index-change'))
    },
    'a folder of hooks': (program, root, git) => {
      mkdirSync(join(root, 'hooks'))
      symlinkSync(program, join(root, 'hooks/post-index-change'))
      git('config', 'core.hooksPath', join(root, 'hooks'))
    },
    'an external diff': (program, _root, git) => {
      git('config', 'diff.external', program)
    },
    'a text converter': (program, root, git) => {
      git('config', 'diff.x.textconv', program)
      attributes(root, 'diff=x')
    },
    "a filter of the user's own configuration": (program, root) => {
      const home = join(root, '../home')
      mkdirSync(home)
      writeFileSync(
        join(home, '.gitconfig'),
        `[filter "x"]\nclean = ${program}\n[core]\nfsmonitor = ${program}\n`,
      )
      attributes(root, 'filter=x')
      return { HOME: home, XDG_CONFIG_HOME: home }
    },
    'configuration in variables of the job': (program) => ({
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'core.fsmonitor',
      GIT_CONFIG_VALUE_0: program,
      GIT_EXTERNAL_DIFF: program,
    }),
    'a monitor within a submodule': (program, _root, git) => {
      git('init', '--quiet', 'inner')
      git('-C', 'inner', 'commit', '--quiet', '--allow-empty', '--message', 'inner')
      git('add', 'inner')
      git('-C', 'inner', 'config', 'core.fsmonitor', program)
    },
  }

  it.each(Object.entries(rows))('%s', (_, plant) =>
    inRepository(async (root, git) => {
      const program = join(root, '../program')
      const mark = join(root, '../it-ran')
      writeFileSync(program, `#!/bin/sh\ntouch '${mark}'\ncat\n`, { mode: 0o755 })
      const env = plant(program, root, git) ?? {}
      rmSync(mark, { force: true })
      const tree = treeOf(root, { ...process.env, ...env })
      const before = await tree.snapshot(LIMIT)
      if (before === undefined) throw new Error('no snapshot')
      writeFileSync(join(root, 'kept.txt'), 'changed\n')
      expect(await tree.patchSince(before, LIMIT)).toContain('+changed')
      expect(existsSync(mark)).toBe(false)
    }),
  )

  it('nor does git have the variables of the job', () =>
    inRepository(async (root) => {
      const seen = join(root, '../seen')
      const bin = join(root, '../bin')
      mkdirSync(bin)
      writeFileSync(join(bin, 'git'), `#!/bin/sh\nenv >> '${seen}'\nPATH=/usr/bin:/bin exec git "$@"\n`, {
        mode: 0o755,
      })
      const env = { ...process.env, PATH: `${bin}:${process.env.PATH}`, WARP_API_KEY: 'wk-secret-4711' }
      expect(await treeOf(root, env).snapshot(LIMIT)).toBeDefined()
      expect(readFileSync(seen, 'utf8')).not.toContain('wk-secret-4711')
    }))

  it('a submodule that has another commit is in the patch', () =>
    inRepository(async (root, git) => {
      git('init', '--quiet', 'inner')
      git('-C', 'inner', 'commit', '--quiet', '--allow-empty', '--message', 'one')
      git('add', 'inner')
      const tree = treeOf(root)
      const before = await tree.snapshot(LIMIT)
      if (before === undefined) throw new Error('no snapshot')
      git('-C', 'inner', 'commit', '--quiet', '--allow-empty', '--message', 'two')
      expect(await tree.patchSince(before, LIMIT)).toContain('+Subproject commit')
    }))
})
