import { readdir, readFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const JOB = fileURLToPath(new URL('../dist/job', import.meta.url))
const CORE = fileURLToPath(new URL('../../core/src', import.meta.url))

test('nothing of core is left in a piece of its own: users vendor one file', async () => {
  const files = (await readdir(CORE, { recursive: true })).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.startsWith('testing/'),
  )
  const lazy = new Set<string>()
  for (const file of files) {
    const text = await readFile(join(CORE, file), 'utf8')
    for (const [, target = ''] of text.matchAll(/\bimport\('([^']+)'\)/g)) {
      lazy.add(target.startsWith('.') ? `./${relative(CORE, join(CORE, dirname(file), target))}` : target)
    }
  }
  const eager = await readFile(join(CORE, 'eager.ts'), 'utf8')
  const loaded = [...eager.matchAll(/from '([^']+)'/g)].map((match) => match[1])
  expect(loaded.toSorted()).toEqual([...lazy].toSorted())
})

test('the program is one file, with the licences of all that is in it beside it', async () => {
  expect(await readdir(JOB)).toEqual(['index.js', 'licenses.txt', 'package.json'])
  const licences = await readFile(join(JOB, 'licenses.txt'), 'utf8')
  for (const name of ['https-proxy-agent', 'minipass', 'tar', 'yaml', 'zod']) {
    expect(licences).toMatch(new RegExp(`^${name} \\d`, 'm'))
  }
})
