import { expect, test } from 'vitest'
import { cyclesOf, importsOf, lazyImportsOf, onlyReExportsOne, withoutComments } from './source.ts'

test.for<[string, string, string[]]>([
  ['a static import', "import { a } from './a.ts'", ['./a.ts']],
  ['an import over several lines', "import {\n  a,\n  b,\n} from '@oz-agent/core'", ['@oz-agent/core']],
  ['a bare import', "import 'node:fs'", ['node:fs']],
  ['a re-export', "export * from './b.ts'", ['./b.ts']],
  ['a lazy import', "const { c } = await import('./c.ts')", ['./c.ts']],
  ['a word that only looks like one', "const important = 'x'", []],
])('the imports of a file hold %s', ([, code, imports]) => {
  expect(importsOf(code)).toEqual(imports)
})

test('comments go, addresses stay', () => {
  expect(withoutComments("/** doc */\nconst a = 'https://example.com' // why\n")).toBe(
    "\nconst a = 'https://example.com'\n",
  )
})

test.for<[string, string, string[]]>([
  ['a lazy import', "const { c } = await import('./c.ts')", ['./c.ts']],
  ['a calculated one', 'await import(pathOf(name))', ['pathOf(name']],
  ['no static import', "import { a } from './a.ts'", []],
  ['no method of that name', 'this.import(x)', []],
])('the lazy imports of a file hold %s', ([, code, imports]) => {
  expect(lazyImportsOf(code)).toEqual(imports)
})

test.for<[string, string, boolean]>([
  ['hands on all of one file', "export * from './a.ts'\n", true],
  [
    'hands on names of one file',
    "export {\n  a,\n  type B,\n} from './a.ts'\nexport type { C } from './a.ts'",
    true,
  ],
  ['hands on two files', "export * from './a.ts'\nexport * from './b.ts'", false],
  ['has code of its own', "export * from './a.ts'\nexport const b = 1", false],
])('a file that %s', ([, code, isDrawer]) => {
  expect(onlyReExportsOne(code)).toBe(isDrawer)
})

test.for<[string, Record<string, string[]>, string[][]]>([
  ['a chain', { a: ['b'], b: ['c'], c: [] }, []],
  ['a file that imports itself', { a: ['a'] }, [['a']]],
  ['two that import each other, and one beside them', { a: ['b'], b: ['a', 'c'], c: [] }, [['a', 'b']]],
  ['a long way round', { c: ['a'], a: ['b'], b: ['c'] }, [['a', 'b', 'c']]],
  [
    'two rings',
    { a: ['b'], b: ['a', 'c'], c: ['d'], d: ['c'] },
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
])('the cycles of %s', ([, edges, cycles]) => {
  expect(cyclesOf(new Map(Object.entries(edges)))).toEqual(cycles)
})
