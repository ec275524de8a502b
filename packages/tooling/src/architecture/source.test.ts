import { expect, test } from 'vitest'
import { importsOf, withoutComments } from './source.ts'

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
