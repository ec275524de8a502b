import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { offsetOfJsonError, placeOfJsonError } from './json-place.ts'

const ROWS: Record<string, [string, string | undefined]> = {
  'an object': ['{"a": [1, -2.5e+3, true, null, "x\\u00e9\\n"]}', undefined],
  'an empty object': ['{}', undefined],
  'a bare word for a value': ['{"a": x}', 'line 1, column 7'],
  'a bare word for a key': ['{a: 1}', 'line 1, column 2'],
  'single quotes': ["{'a': 1}", 'line 1, column 2'],
  'a comma too much in an object': ['{"a": 1,}', 'line 1, column 9'],
  'a comma too much in a list': ['[1,]', 'line 1, column 4'],
  'a comma too few': ['{"a": 1 "b": 2}', 'line 1, column 9'],
  'a colon too few': ['{"a" 1}', 'line 1, column 6'],
  'the wrong bracket': ['{"a": [1}', 'line 1, column 9'],
  'never closed': ['{"a": {"b": 1}', 'line 1, column 15'],
  'more after the end': ['{} {}', 'line 1, column 4'],
  'a comment': ['{ // no\n}', 'line 1, column 3'],
  'on a later line': ['{\n  "a": 1,\n  "b": oops\n}', 'line 3, column 8'],
  'on a later line of Windows': ['{\r\n  "b": oops\r\n}', 'line 2, column 8'],
  'a line break in a string': ['{"a": "x\ny"}', 'line 1, column 9'],
  'an unknown escape': ['{"a": "x\\q"}', 'line 1, column 9'],
  'a string without end': ['{"a": "x', 'line 1, column 9'],
  'a leading zero': ['[01]', 'line 1, column 3'],
  NaN: ['[NaN]', 'line 1, column 2'],
  nothing: ['', 'line 1, column 1'],
  'a byte order mark': ['\ufeff{}', 'line 1, column 1'],
  'a non-breaking space': ['{\u00a0}', 'line 1, column 2'],
}

test.each(Object.entries(ROWS))('%s', (_, [text, place]) => {
  expect(placeOfJsonError(text)).toBe(place)
})

function parses(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

test('it agrees with the engine on what JSON is', () => {
  const pieces = fc.array(
    fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"',
      '\\',
      '1',
      '-',
      '.5',
      'e9',
      'true',
      'null',
      ' ',
      '\n',
    ),
    { maxLength: 12 },
  )
  const texts = fc.oneof(
    pieces.map((list) => list.join('')),
    fc.json(),
    fc.json().chain((json) => fc.nat(json.length).map((at) => json.slice(0, at) + json.slice(at + 1))),
    fc.string(),
  )
  fc.assert(
    fc.property(texts, (text) => {
      expect(offsetOfJsonError(text) === undefined).toBe(parses(text))
    }),
    { numRuns: 2000 },
  )
})

test('the place is the wrong character, or the word, number or escape that it broke', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), (json, seed) => {
      const at = seed % (json.length + 1)
      const offset = offsetOfJsonError(`${json.slice(0, at)}\u0001`) ?? Number.POSITIVE_INFINITY
      expect(offset).toBeLessThanOrEqual(at)
      expect(json.slice(offset, at)).toMatch(/^[\w.+\\-]*$/)
    }),
  )
})

test('deep nesting is no trouble', () => {
  expect(offsetOfJsonError('['.repeat(200_000) + ']'.repeat(200_000))).toBeUndefined()
})
