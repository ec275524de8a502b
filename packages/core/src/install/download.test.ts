import { expect, test } from 'vitest'
import { progressLine } from './download.ts'

test.each([
  { name: 'part of a known whole', done: 42_000_000, total: 118_000_000, line: '42 of 118 MB (35 %)' },
  { name: 'small', done: 1_250_000, total: 5_000_000, line: '1.3 of 5.0 MB (25 %)' },
  { name: 'unknown whole', done: 42_000_000, total: undefined, line: '42 MB' },
])('progressLine: $name', ({ done, total, line }) => {
  expect(progressLine(done, total)).toBe(line)
})
