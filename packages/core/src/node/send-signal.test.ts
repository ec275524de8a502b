import { expect, test } from 'vitest'
import { sendSignal } from './start-process.ts'

test.each([
  { name: 'our own group', pid: 0 },
  { name: 'everybody', pid: -1 },
  { name: 'the first process', pid: 1 },
  { name: 'no number', pid: Number.NaN },
  { name: 'a fraction', pid: 2.5 },
])('never signals $name', ({ pid }) => {
  expect(sendSignal(pid, 0)).toBe(false)
})

test('says whether anybody is there', () => {
  expect(sendSignal(process.pid, 0)).toBe(true)
  expect(sendSignal(2 ** 22 + 1, 0)).toBe(false)
})
