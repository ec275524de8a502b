import { expect, test } from 'vitest'
import { differences, type TreeFile } from './tree.ts'

const file = (path: string, sha256: string): TreeFile => ({ path, bytes: 1, sha256 })
const committed = [file('index.js', 'a'), file('1.index.js', 'b')]

test.for<[string, TreeFile[], string[]]>([
  ['the same files have no differences', committed, []],
  ['a changed byte', [file('index.js', 'x'), file('1.index.js', 'b')], ['index.js differs']],
  ['a chunk that is not committed', [file('index.js', 'a')], ['1.index.js is missing']],
  ['a left-over chunk', [...committed, file('9.index.js', 'c')], ['9.index.js should not be there']],
  ['nothing built yet', [], ['index.js is missing', '1.index.js is missing']],
])('%s', ([, actual, lines]) => {
  expect(differences(committed, actual)).toEqual(lines)
})
