import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { packedPackages, renderLicences } from './licences.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oz-licences-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const write = async (path: string, content: string | object) => {
  await mkdir(dirname(join(folder, path)), { recursive: true })
  await writeFile(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content))
}
const install = async (name: string, more: object = {}, text?: string) => {
  await write(`node_modules/${name}/package.json`, { name, version: '1.2.3', license: 'MIT', ...more })
  if (text !== undefined) await write(`node_modules/${name}/LICENSE.md`, text)
}
const packed = async (...modules: readonly object[]) => {
  await write('stats.json', { modules })
  return packedPackages(join(folder, 'stats.json'))
}
const file = (path: string) => ({ nameForCondition: join(folder, path) })

test('each package is named once, with its licence and text, and own code is not', async () => {
  await install('@scope/b', {}, 'Permission is granted.\r\n')
  await install('a')
  const packages = await packed(
    file('packages/own/lib/index.js'),
    { modules: [file('node_modules/@scope/b/one.js'), file('node_modules/@scope/b/two.js')] },
    file('node_modules/a/index.js'),
  )
  expect(renderLicences(packages)).toBe(
    `@scope/b 1.2.3\nMIT\n\nPermission is granted.\n\n${'-'.repeat(80)}\n\na 1.2.3\nMIT\n`,
  )
})

test('what was left out of the bundle is not named', async () => {
  await install('unused')
  expect(await packed({ ...file('node_modules/unused/index.js'), orphan: true })).toEqual([])
})

test('a package that is published minified brings its dependencies along', async () => {
  await install('whole', { dependencies: { inside: '1' } })
  await install('inside')
  await install('plain', { dependencies: { absent: '1' } })
  const packages = await packed(
    file('node_modules/whole/dist/index.min.js'),
    file('node_modules/plain/index.js'),
  )
  expect(packages.map(({ name }) => name)).toEqual(['inside', 'plain', 'whole'])
})
