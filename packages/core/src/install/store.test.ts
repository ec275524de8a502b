import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createNodeFiles } from '../node/files.ts'
import { findExecutable } from './store.ts'

/** Paths below the tree; one that ends with `*` is executable. */
async function find(paths: readonly string[]): Promise<string> {
  const tree = await mkdtemp(join(tmpdir(), 'find-executable-'))
  try {
    for (const path of paths) {
      const file = join(tree, path.replace('*', ''))
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, '')
      await chmod(file, path.endsWith('*') ? 0o755 : 0o644)
    }
    return await findExecutable(tree, 'oz', createNodeFiles())
  } finally {
    await rm(tree, { recursive: true, force: true })
  }
}

describe('findExecutable', () => {
  test.each([
    { name: 'beside resources that hold one of its name', paths: ['oz*', 'resources/oz*'], found: 'oz' },
    { name: 'of another channel', paths: ['oz-preview*', 'resources/x'], found: 'oz-preview' },
    { name: 'of several, the command itself', paths: ['oz*', 'oz-helper*'], found: 'oz' },
    { name: 'executable, not its notes', paths: ['oz-stable*', 'oz.md'], found: 'oz-stable' },
    { name: 'that lost its mode', paths: ['oz'], found: 'oz' },
    { name: 'in the one folder at the top', paths: ['warp/oz*', 'warp/resources/oz-x*'], found: 'warp/oz' },
    { name: 'in the one folder beside resources', paths: ['warp/oz*', 'resources/oz*'], found: 'warp/oz' },
  ])('finds the one $name', async ({ paths, found }) => {
    expect(await find(paths)).toBe(found)
  })

  test.each([
    { name: 'only resources', paths: ['resources/oz*'], message: /at its top: resources\/\./ },
    { name: 'two folders', paths: ['a/oz*', 'b/oz*'], message: /at its top: a\/, b\/\./ },
    { name: 'too deep', paths: ['a/b/oz*'], message: /at its top: a\/\./ },
    {
      name: 'several and none by the name',
      paths: ['oz-a*', 'oz-b*'],
      message: /several executables \(oz-a, oz-b\), and none is named oz/,
    },
  ])('refuses $name', async ({ paths, message }) => {
    await expect(find(paths)).rejects.toThrow(message)
  })
})
