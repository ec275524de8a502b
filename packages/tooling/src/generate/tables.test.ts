import { expect, test } from 'vitest'
import { inputsTable, outcomesTable, outputsTable } from './tables.ts'

test('the table of all platforms shows the three spellings of a name', () => {
  const row = rowOf(inputsTable(['github', 'gitlab', 'buildkite', 'cli']), 'saved_prompt')
  expect(row).toMatch(/^\| `saved_prompt` \| `saved-prompt` \| `--saved-prompt` \|/)
})

test('the table of one platform has one column for the name', () => {
  expect(inputsTable(['github']).split('\n')[0]).toBe('| Input | Meaning | Default |')
})

test('a default that only the run knows is told in words', () => {
  expect(rowOf(inputsTable(['github']), 'cwd')).toMatch(/\| the checkout \|$/)
})

test('an outcome with two exit codes shows both', () => {
  expect(rowOf(outcomesTable(), 'cancelled')).toContain('| 130 / 143 |')
})

test('each row of a table has as many cells as its head', () => {
  for (const table of [inputsTable(['cli']), outputsTable(), outcomesTable()]) {
    const cells = table.split('\n').map((line) => line.split(/(?<!\\)\|/).length)
    expect(new Set(cells).size).toBe(1)
  }
})

function rowOf(table: string, name: string): string {
  return table.split('\n').find((line) => line.startsWith(`| \`${name}\` |`)) ?? ''
}
