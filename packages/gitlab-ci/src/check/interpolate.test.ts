import { expect, test } from 'vitest'
import { interpolate } from './interpolate.ts'

const inputs = { name: 'x', flag: true, list: ['a', { b: 1 }], text: 'two\nlines $HOME "q"' }

test.for<[string, unknown, unknown]>([
  [
    'a value of its own keeps its type',
    { a: '$[[ inputs.flag ]]', b: '$[[inputs.list]]' },
    { a: true, b: inputs.list },
  ],
  ['text is put in as it is', ['$[[ inputs.text ]]'], [inputs.text]],
  ['within text everything is text', 'is $[[ inputs.flag ]]', 'is true'],
  ['keys too', { '$[[ inputs.name ]]-$[[ inputs.name ]]': 1 }, { 'x-x': 1 }],
  ['what is no block stays', { a: '$[ x ]', b: 5, c: null }, { a: '$[ x ]', b: 5, c: null }],
])('%s', ([, config, result]) => {
  expect(interpolate(config, inputs)).toEqual({ result, errors: [] })
})

test('unknown keys and too many functions are errors', () => {
  const config = ['$[[ inputs.nope ]]', '$[[ inputs.name | a | b | c | d ]]']
  expect(interpolate(config, inputs).errors).toEqual([
    'unknown interpolation key: `nope`',
    'too many functions in interpolation block.',
  ])
})
