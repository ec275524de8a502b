import { expect, test } from 'vitest'
import { INPUTS } from './inputs.ts'
import { schemaOf } from './values.ts'

const share = schemaOf(INPUTS.share.reader)

test('a schema yields what its reader reads', () => {
  const reading = INPUTS.share.reader(['me', 'team:edit'])
  expect(reading.ok && reading.value).toEqual(share.parse(['me', 'team:edit']))
  expect(share.parse(null)).toBeUndefined()
})

test('a schema has an issue for each problem that its reader tells', () => {
  const reading = INPUTS.share.reader('everyone, team:own')
  expect(reading.ok || reading.problems).toHaveLength(2)
  const issues = share.safeParse('everyone, team:own').error?.issues.map(({ message }) => message)
  expect(issues).toEqual(reading.ok || reading.problems)
})

test.for<[string, unknown]>([
  ['nothing at all', undefined],
  ['a function', () => 'me'],
  ['a symbol', Symbol('me')],
])('%s is no value of an input', ([, value]) => {
  expect(share.safeParse(value).success).toBe(false)
})
