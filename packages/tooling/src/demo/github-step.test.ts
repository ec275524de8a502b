import { expect, test } from 'vitest'
import { parseKeyValues } from './github-step.ts'

test.for<[string, string, Record<string, string>]>([
  ['one line', 'a=1\n', { a: '1' }],
  ['a value with an equals sign', 'a=b=c\n', { a: 'b=c' }],
  ['a block of lines', 'a<<X\none\ntwo\nX\nb=2\n', { a: 'one\ntwo', b: '2' }],
  ['a block that holds what looks like another value', 'a<<X\nb=2\nX\n', { a: 'b=2' }],
  ['an empty block', 'a<<X\n\nX\n', { a: '' }],
  ['the later of two values', 'a=1\na=2\n', { a: '2' }],
])('a command file with %s is read', ([, text, values]) => {
  expect(parseKeyValues(text)).toEqual(values)
})

test('a block without an end is an error', () => {
  expect(() => parseKeyValues('a<<X\none\n')).toThrow('no line X')
})
