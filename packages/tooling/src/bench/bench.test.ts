import { expect, test } from 'vitest'
import { type Figure, isKept, median, medianOfTurns, renderTable } from './report.ts'

test.for<[string, number[], number]>([
  ['one value', [3], 3],
  ['an odd number of values', [9, 1, 5], 5],
  ['an even number of values', [4, 1, 3, 2], 2.5],
])('the median of %s', ([, values, middle]) => {
  expect(median(values)).toBe(middle)
})

test('subjects take turns, so that a slow moment of the machine hits both', async () => {
  const order: string[] = []
  const subject = (name: string, value: number) => async () => {
    order.push(name)
    return value
  }
  const medians = await medianOfTurns(2, { a: subject('a', 1), b: subject('b', 2) })
  expect(order).toEqual(['a', 'b', 'a', 'b'])
  expect(medians).toEqual({ a: 1, b: 2 })
})

const figure: Figure = {
  name: 'start',
  what: 'Start',
  limit: 4,
  unit: 'times',
  measure: async () => ({ value: 0, detail: '' }),
}

test.for<[string, number, boolean]>([
  ['below its limit', 3.9, true],
  ['at its limit', 4, true],
  ['beyond its limit', 4.01, false],
  ['that could not be measured', Number.NaN, false],
])('a figure %s', ([, value, kept]) => {
  const measured = { figure, measurement: { value, detail: 'x' } }
  expect(isKept(measured)).toBe(kept)
  expect(renderTable([measured]).includes('FAIL')).toBe(!kept)
})

test.for<[string, number, boolean]>([
  ['of any size', 1e9, true],
  ['that could not be measured', Number.NaN, false],
])('a figure without a limit, %s', ([, value, kept]) => {
  const measured = { figure: { ...figure, limit: undefined }, measurement: { value, detail: 'x' } }
  expect(isKept(measured)).toBe(kept)
  expect(renderTable([measured])).not.toContain('pass')
})
