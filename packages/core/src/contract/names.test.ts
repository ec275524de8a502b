import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { INPUT_IDS } from './inputs.ts'
import { didYouMean, nearest, quote, spell, unspell } from './names.ts'
import { OUTPUTS } from './outputs.ts'

test('a name is spelled in snake and kebab case', () => {
  expect(spell('strictMcpStartup', 'snake')).toBe('strict_mcp_startup')
  expect(spell('strictMcpStartup', 'kebab')).toBe('strict-mcp-startup')
  expect(spell('ozSha256', 'snake')).toBe('oz_sha256')
  expect(spell('savedPrompt', 'flag')).toBe('--saved-prompt')
  expect(spell('savedPrompt', 'variable')).toBe('OZ_AGENT_SAVED_PROMPT')
})

test('every name of the contract is read back from each spelling', () => {
  for (const id of [...INPUT_IDS, ...OUTPUTS.map((output) => output.id)]) {
    for (const spelling of ['snake', 'kebab', 'flag', 'variable'] as const) {
      expect(unspell(spell(id, spelling))).toBe(id)
      expect(unspell(spell(id, 'snake').toUpperCase())).toBe(id)
    }
  }
})

const QUOTED: Record<string, [string, string]> = {
  'plain text': ['team:edit', '"team:edit"'],
  'a path of Windows stays readable': ['C:\\ci', '"C:\\ci"'],
  'line breaks': ['a\r\nb', '"a\\r\\nb"'],
  'escape sequences': ['\u001b[31mred', '"\\u001b[31mred"'],
  'line separators beyond ASCII': ['a\u2028b\u0085c', '"a\\u2028b\\u0085c"'],
  'exactly the limit': ['x'.repeat(100), `"${'x'.repeat(100)}"`],
  'over the limit': ['x'.repeat(101), `"${'x'.repeat(100)}…"`],
  'no character is cut in two': ['💥'.repeat(101), `"${'💥'.repeat(100)}…"`],
}

test.each(Object.entries(QUOTED))('%s', (_, [text, quoted]) => {
  expect(quote(text)).toBe(quoted)
})

const SHARE: Record<string, [string, string, string | undefined]> = {
  'equal words': ['share', 'share', 'share'],
  'a letter too much': ['sharee', 'share', 'share'],
  'a letter too few': ['shre', 'share', 'share'],
  'another letter': ['shore', 'share', 'share'],
  'neighbours swapped': ['sahre', 'share', 'share'],
  'from nothing': ['', 'share', undefined],
  'to nothing': ['share', '', undefined],
  'nothing in common': ['abc', 'xyz', undefined],
  'neighbours swapped in a short word': ['cdw', 'cwd', 'cwd'],
  'neighbours swapped at the end': ['mpc', 'mcp', 'mcp'],
  'another short word': ['base', 'name', undefined],
  'a word with half its letters': ['note', 'name', undefined],
  'a word of another tool': ['node', 'model', undefined],
  'a beginning of it': ['sha', 'share', undefined],
  'an end of it': ['file', 'profile', undefined],
}

test.each(Object.entries(SHARE))('near enough: %s', (_, [word, known, guess]) => {
  expect(nearest(word, [known])).toBe(guess)
})

test('a word is its own nearest, however it is written, unless nothing is left of it', () => {
  const word = fc.stringMatching(/^[a-z][a-z_-]{0,11}$/)
  fc.assert(
    fc.property(word, fc.array(word), (one, others) => {
      expect(nearest(one.toUpperCase(), [one, ...others])).toBe(one)
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
