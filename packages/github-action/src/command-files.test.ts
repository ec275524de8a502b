import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { keyValueBlock } from './reporter.ts'

describe('a value for a command file', () => {
  test('stands between delimiters', () => {
    expect(keyValueBlock('name', 'two\nlines', 'END')).toBe('name<<END\ntwo\nlines\nEND\n')
  })

  test('is refused when it holds its own delimiter', () => {
    expect(() => keyValueBlock('name', 'a\nEND\nb', 'END')).toThrow(/delimiter/)
  })

  test('of any content cannot end its block early', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const [head = '', ...lines] = keyValueBlock('name', value).split('\n')
        const delimiter = head.slice('name<<'.length)
        expect(lines.indexOf(delimiter)).toBe(lines.length - 2)
        expect(lines.slice(0, -2).join('\n')).toBe(value)
      }),
    )
  })
})
