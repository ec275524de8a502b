import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { didYouMean, editDistance, nearest } from './names.ts'

const DISTANCES: Record<string, [string, string, number]> = {
  'equal words': ['share', 'share', 0],
  'a letter too much': ['sharee', 'share', 1],
  'a letter too few': ['shre', 'share', 1],
  'another letter': ['shore', 'share', 1],
  'neighbours swapped': ['sahre', 'share', 1],
  'from nothing': ['', 'share', 5],
  'to nothing': ['share', '', 5],
  'nothing in common': ['abc', 'xyz', 3],
}

test.each(Object.entries(DISTANCES))('distance: %s', (_, [a, b, distance]) => {
  expect(editDistance(a, b)).toBe(distance)
})

test('the distance is the same both ways, zero only for equal words, and at most the longer length', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
      const distance = editDistance(a, b)
      expect(editDistance(b, a)).toBe(distance)
      expect(distance === 0).toBe(a === b)
      expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length))
      expect(distance).toBeGreaterThanOrEqual(Math.abs(a.length - b.length))
    }),
  )
})

const KNOWN = ['prompt', 'prompt_file', 'saved_prompt', 'mcp', 'cwd', 'oz_version']
const GUESSES: Record<string, [string, string | undefined]> = {
  'a swapped pair': ['pormpt', 'prompt'],
  'another separator': ['prompt-file', 'prompt_file'],
  'no separator': ['savedprompt', 'saved_prompt'],
  'upper case': ['PROMPT', 'prompt'],
  'a short word, one off': ['cmd', 'cwd'],
  'the nearest of several': ['oz_verson', 'oz_version'],
  'too far off': ['temperature', undefined],
  nothing: ['', undefined],
  'separators alone': ['--', undefined],
}

test.each(Object.entries(GUESSES))('nearest: %s', (_, [word, guess]) => {
  expect(nearest(word, KNOWN)).toBe(guess)
})

test('the sentence stands behind another one, or is missing', () => {
  expect(didYouMean('promt', KNOWN)).toBe(' Did you mean "prompt"?')
  expect(didYouMean('temperature', KNOWN)).toBe('')
  expect(didYouMean('promt', [])).toBe('')
})
