import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const JOB = fileURLToPath(new URL('../dist/job', import.meta.url))

test('the program is one file that loads no other, with the licences of all that is in it beside it', async () => {
  expect(await readdir(JOB)).toEqual(['index.js', 'licenses.txt', 'package.json'])
  expect(await readFile(join(JOB, 'index.js'), 'utf8')).not.toMatch(/import\("\.\//)
  const licences = await readFile(join(JOB, 'licenses.txt'), 'utf8')
  for (const name of ['execa', 'minipass', 'tar', 'yaml', 'zod']) {
    expect(licences).toMatch(new RegExp(`^${name} \\d`, 'm'))
  }
})
