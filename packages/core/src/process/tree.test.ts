import { expect, test } from 'vitest'
import { selectTree, type TreeTraits } from './tree.ts'

/** `pid parent group`, one process a line; 100 is ourselves, its parent 50 the CI's runner. */
function table(text: string) {
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [pid = 0, parent = 0, group = 0] = line.trim().split(/\s+/).map(Number)
      return { pid, parent, group }
    })
}

const OURSELVES = `
  1 0 1
  50 1 50
  100 50 50`

const rows: { name: string; processes: string; traits?: Partial<TreeTraits>; expected: number[] }[] = [
  { name: 'nothing when nothing runs', processes: '', expected: [] },
  { name: 'the agent itself', processes: '200 100 200', expected: [200] },
  { name: 'its group', processes: '200 100 200\n 201 200 200', expected: [200, 201] },
  { name: 'its group when it is gone itself', processes: '201 1 200', expected: [201] },
  { name: 'a child in a group of its own', processes: '200 100 200\n 201 200 201', expected: [200, 201] },
  {
    name: 'descendants of any depth, in whatever order they are listed',
    processes: '204 203 204\n 203 202 203\n 202 201 202\n 201 200 201\n 200 100 200',
    expected: [200, 201, 202, 203, 204],
  },
  {
    name: 'a double fork that carries the marker',
    processes: '201 1 201',
    traits: { marked: [201] },
    expected: [201],
  },
  {
    name: 'children of what carries the marker, though they do not',
    processes: '201 1 201\n 202 201 202',
    traits: { marked: [201] },
    expected: [201, 202],
  },
  {
    name: 'the group of what carries the marker',
    processes: '201 1 201\n 202 1 201',
    traits: { marked: [201] },
    expected: [201, 202],
  },
  {
    name: 'what an earlier look found, when its parent is gone',
    processes: '201 1 201',
    traits: { seen: [201] },
    expected: [201],
  },
  { name: 'no stranger', processes: '200 100 200\n 300 50 300\n 301 1 301', expected: [200] },
  {
    name: 'no stranger that got the number of the agent',
    processes: '200 50 200\n 201 200 200',
    traits: { leaderIsOurs: false },
    expected: [],
  },
  {
    name: 'what carries the marker beside such a stranger',
    processes: '200 50 200\n 201 1 201',
    traits: { leaderIsOurs: false, marked: [201] },
    expected: [201],
  },
  {
    name: 'not ourselves, our parent or our group, even with the marker',
    processes: '101 50 50',
    traits: { marked: [100, 50] },
    expected: [],
  },
  {
    name: 'a marked process in our group, without the rest of our group',
    processes: '101 50 50\n 102 50 50',
    traits: { marked: [101] },
    expected: [101],
  },
  { name: 'never the first process', processes: '200 100 200', traits: { marked: [1] }, expected: [200] },
  {
    name: 'processes that name each other as parents',
    processes: '200 201 200\n 201 200 201',
    expected: [200, 201],
  },
]

test.each(rows)('finds $name', ({ processes, traits, expected }) => {
  const all = table(`${OURSELVES}\n${processes}`)
  const known = { leader: 200, leaderIsOurs: true, marked: [], seen: [], self: 100, ...traits }
  expect(selectTree(all, known)).toEqual(expected)
})
