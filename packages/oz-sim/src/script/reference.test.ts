import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { STEPS } from '../steps/registry.ts'
import { scriptJsonSchema } from './json-schema.ts'
import { referenceTables } from './reference.ts'

const home = join(import.meta.dirname, '../..')
const read = (...path: string[]): string => readFileSync(join(home, ...path), 'utf8')

it.each(Object.entries(await referenceTables()))(
  'the README holds the table of %s as it is',
  (_name, table) => {
    expect(read('README.md')).toContain(table)
  },
)

it('the published JSON Schema is the one that scripts are checked by', async () => {
  expect(JSON.parse(read('schemas', 'script.v1.schema.json'))).toEqual(await scriptJsonSchema())
})

it('every step is in the registry under its own name', async () => {
  const kinds = await Promise.all(
    Object.entries(STEPS).map(async ([name, load]) => [name, (await load()).name]),
  )
  expect(kinds.filter(([key, name]) => key !== name)).toEqual([])
  const defined = readdirSync(join(home, 'src', 'steps')).filter(
    (file) => /^(?!.*\.test\.).*\.ts$/.test(file) && read('src', 'steps', file).includes('= defineStep({'),
  )
  expect(defined.length).toBe(kinds.length)
})
