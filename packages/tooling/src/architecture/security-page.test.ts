import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../project.ts'

const page = readFileSync(join(root, 'docs/security.md'), 'utf8')
const [, defended = ''] = page.split('## What is defended')
const [tables = ''] = defended.split('## What is not defended')
const rows = tables
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (Attack|---)/.test(line))
  .map((line) => {
    const [attack = '', , proof = ''] = line.slice(2, -2).split(' | ')
    const [, file = '', row = ''] = /^`([^`]+)`: (.+)$/.exec(proof) ?? []
    return { attack, file, row }
  })

test('the page names its defences', () => {
  expect(rows.length).toBeGreaterThan(20)
})

test.each(rows)('the defence against "$attack" has its test', ({ file, row }) => {
  expect(file).toMatch(/\.ts$/)
  expect(existsSync(join(root, file))).toBe(true)
  expect(readFileSync(join(root, file), 'utf8').replaceAll("\\'", "'")).toContain(row)
})
