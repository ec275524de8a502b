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

test('unknown keys, unknown functions and too many functions are errors', () => {
  const many = '$[[ inputs.name | expand_vars | posix_escape | truncate(0,8) | truncate( 0, 5 ) ]]'
  const config = [
    '$[[ inputs.nope ]]',
    '$[[ inputs.name | upcase ]]',
    '$[[ inputs.name | truncate(x) ]]',
    many,
  ]
  expect(interpolate(config, inputs).errors).toEqual([
    'unknown interpolation key: `nope`',
    'no function matching `upcase`: check that the function name, arguments, and types are correct',
    'no function matching `truncate(x)`: check that the function name, arguments, and types are correct',
    'too many functions in interpolation block.',
  ])
})
