import { expect, test } from 'vitest'
import { checkInputs } from './check-inputs.ts'

const spec = {
  plain: { default: '' },
  needed: null,
  flag: { type: 'boolean', default: false },
  list: { type: 'array', default: [] },
  choice: { options: ['a', 'b'], default: 'a' },
  form: { regex: '^v[0-9]+$', default: 'v1' },
} as const

test.for<[string, Record<string, unknown>, string[]]>([
  ['all right', { needed: 'x', flag: true, list: ['y'], choice: 'b', form: 'v2' }, []],
  ['an unknown input', { needed: 'x', plan: 1 }, ['unknown input arguments: plan']],
  ['several unknown inputs', { needed: 'x', one: 1, two: 2 }, ['unknown input arguments: one, two']],
  ['a missing one', {}, ['`needed` input: required value has not been provided']],
  ['text for a truth value', { needed: 'x', flag: 'yes' }, ['`flag` input: provided value is not a boolean']],
  ['text for a list', { needed: 'x', list: 'y' }, ['`list` input: provided value is not an array']],
  ['a number for text', { needed: 5 }, ['`needed` input: provided value is not a string']],
  [
    'no option',
    { needed: 'x', choice: 'c' },
    ['`choice` input: `c` cannot be used because it is not in the list of allowed options'],
  ],
  [
    'another form',
    { needed: 'x', form: '2' },
    ['`form` input: provided value does not match required RegEx pattern'],
  ],
])('%s', ([, given, errors]) => {
  expect(checkInputs(spec as never, given).errors).toEqual(errors)
})
