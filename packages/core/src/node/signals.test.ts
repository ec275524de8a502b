import { describe, expect, test } from 'vitest'
import { endWindowsTree, sendSignal } from './signals.ts'

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

describe('ending a process tree on Windows', () => {
  const gone = () => {
    throw Object.assign(new Error('no such process'), { code: 'ESRCH' })
  }
  const refused = () => {
    throw Object.assign(new Error('not permitted'), { code: 'EPERM' })
  }
  test.each([
    { name: 'taskkill ended the tree', status: 0, end: undefined, ended: true, asked: [] },
    { name: 'taskkill found nothing', status: 128, end: gone, ended: false, asked: [4711] },
    { name: 'taskkill failed, ending it worked', status: 1, end: () => true, ended: true, asked: [4711] },
    { name: 'taskkill failed, nobody may end it', status: 1, end: refused, ended: false, asked: [4711] },
    { name: 'there is no taskkill', status: undefined, end: () => true, ended: true, asked: [4711] },
  ])('$name', ({ status, end, ended, asked }) => {
    const calls: string[][] = []
    const alone: number[] = []
    const result = endWindowsTree(
      4711,
      (args) => {
        calls.push([...args])
        return status
      },
      (pid) => {
        alone.push(pid)
        return end?.() ?? true
      },
    )
    expect({ result, alone }).toEqual({ result: ended, alone: asked })
    expect(calls).toEqual([['/PID', '4711', '/T', '/F']])
  })
})
