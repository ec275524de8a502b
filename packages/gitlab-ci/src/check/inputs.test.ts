import { expect, test } from 'vitest'
import { checkInputs, interpolate } from './inputs.ts'

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
    'a text of 1 KB',
    { needed: 'é'.repeat(512) },
    [
      '`needed` input: provided value has 1024 bytes, and GitLab takes less than 1 KB: put a long prompt in prompt_file',
    ],
  ],
  ['a text of a little less', { needed: 'x'.repeat(1023) }, []],
  [
    'another form',
    { needed: 'x', form: '2' },
    ['`form` input: provided value does not match required RegEx pattern'],
  ],
])('%s', ([, given, errors]) => {
  expect(checkInputs(spec as never, given).errors).toEqual(errors)
})

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

test('a form that backtracks for ever elsewhere is matched at once, as on GitLab', () => {
  const slow = { time: { regex: '^([0-9]+(\\.[0-9]+)? *(ms|s|m|h|d)? *)*$' } }
  const started = performance.now()
  expect(checkInputs(slow, { time: `${'1'.repeat(40)}x` }).errors).toEqual([
    '`time` input: provided value does not match required RegEx pattern',
  ])
  expect(performance.now() - started).toBeLessThan(2_000)
})

test('a form that RE2 does not know is told, as GitLab refuses it', () => {
  expect(checkInputs({ form: { regex: '(?=x)x' } }, { form: 'x' }).errors).toEqual([
    '`form` input: invalid regular expression',
  ])
})
