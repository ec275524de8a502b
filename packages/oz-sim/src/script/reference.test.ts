import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { STEPS } from '../steps/registry.ts'
import { referenceTables, scriptJsonSchema } from './reference.ts'

const home = join(import.meta.dirname, '../..')
const read = (...path: string[]): string => readFileSync(join(home, ...path), 'utf8')

it.each(Object.entries(referenceTables()))('the README holds the table of %s as it is', (_name, table) => {
  expect(read('README.md')).toContain(table)
})

it('the published JSON Schema is the one that scripts are checked by', () => {
  expect(JSON.parse(read('schemas', 'script.v1.schema.json'))).toEqual(scriptJsonSchema())
})

it('every step that a file defines is in the registry', () => {
  const files = readdirSync(join(home, 'src', 'steps')).filter((file) => !file.endsWith('.test.ts'))
  const defined = files.flatMap((file) => [
    ...read('src', 'steps', file).matchAll(/^ {2}(\w+): defineStep\(\{/gm),
  ])
  expect(defined.map(([, name]) => name).sort()).toEqual(Object.keys(STEPS).sort())
})
