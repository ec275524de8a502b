import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { foldMissing } from './fold-missing.ts'

const STAND_IN =
  'export const id=7;export const ids=[7];export const modules={70:e=>{e.exports=eval("require")("optional")}};'
const REAL = 'export const id=8;export const ids=[8];export const modules={80:e=>{e.exports=1}};'
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oz-fold-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test.for<[name: string, loading: string]>([
  ['as a module of its own kind', 'f.e(7).then(f.bind(f,70))'],
  ['as CommonJS', 'f.e(7).then(f.t.bind(f,70,19))'],
])(
  'a chunk that stands for a missing package, loaded %s, becomes the import that it was',
  async ([, loading]) => {
    await writeFile(join(folder, '7.index.js'), STAND_IN)
    await writeFile(join(folder, '8.index.js'), REAL)
    await writeFile(join(folder, 'index.js'), `a=await ${loading};b=f.e(8).then(f.bind(f,80))`)
    await foldMissing(folder)
    expect(await readdir(folder)).toEqual(['8.index.js', 'index.js'])
    expect(await readFile(join(folder, 'index.js'), 'utf8')).toBe(
      'a=await import("optional");b=f.e(8).then(f.bind(f,80))',
    )
  },
)

test('a chunk that is loaded in an unknown way fails the build instead of the user’s job', async () => {
  await writeFile(join(folder, '7.index.js'), STAND_IN)
  await writeFile(join(folder, 'index.js'), 'other(7)')
  await expect(foldMissing(folder)).rejects.toThrow('optional')
})
