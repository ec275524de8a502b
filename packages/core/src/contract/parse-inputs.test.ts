import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { INPUT_IDS, INPUTS, type InputId, type InputSpec } from './inputs.ts'
import { type Spelling, spell } from './names.ts'
import { parseInputs, type RawInputs } from './parse-inputs.ts'
import type { RawValue } from './values.ts'

function parse(raw: RawInputs, spelling: Spelling = 'snake', also: string[] = []) {
  const parsed = parseInputs(raw, (id: InputId) => spell(id, spelling), also)
  return { ...parsed, told: parsed.problems.map(({ name, message }) => `${name}: ${message}`) }
}

describe('names', () => {
  const ROWS: Record<string, [RawInputs, string[]]> = {
    'snake case': [{ saved_prompt: 'x' }, []],
    'kebab case': [{ 'saved-prompt': 'x' }, []],
    'camel case': [{ savedPrompt: 'x' }, []],
    'upper case': [{ SAVED_PROMPT: 'x' }, []],
    'digits in a name': [{ 'oz-sha256': 'a'.repeat(64) }, []],
    'unknown, a near miss': [{ promt: 'x' }, ['promt: there is no such input. Did you mean "prompt"?']],
    'unknown, though empty': [{ promt: '' }, ['promt: there is no such input. Did you mean "prompt"?']],
    'unknown, like nothing': [{ temperature: 1 }, ['temperature: there is no such input.']],
    'a word that every object knows': [{ constructor: 'x' }, ['constructor: there is no such input.']],
    'given twice': [
      { saved_prompt: 'a', 'saved-prompt': 'b' },
      ['saved-prompt: given twice (also as saved_prompt): keep one'],
    ],
    'given twice, once empty': [{ saved_prompt: '', 'saved-prompt': 'b' }, []],
    'given twice, then empty': [{ saved_prompt: 'a', 'saved-prompt': null }, []],
    'given three times': [
      { saved_prompt: 'a', 'saved-prompt': 'b', savedPrompt: 'c' },
      [
        'saved-prompt: given twice (also as saved_prompt): keep one',
        'savedPrompt: given twice (also as saved_prompt): keep one',
      ],
    ],
  }
  test.each(Object.entries(ROWS))('%s', (_, [raw, told]) => {
    expect(parse(raw).told).toEqual(told)
  })

  test('a name is suggested as the platform spells it', () => {
    expect(parse({ saved_promt: 'x' }, 'kebab').told).toEqual([
      'saved_promt: there is no such input. Did you mean "saved-prompt"?',
    ])
  })

  test('names that only the platform has are passed over, and suggested', () => {
    expect(parse({ image: 'node' }, 'kebab', ['image']).told).toEqual([])
    expect(parse({ imgae: 'node' }, 'kebab', ['image']).told).toEqual([
      'imgae: there is no such input. Did you mean "image"?',
    ])
  })

  test('an input is named as it was typed, else as the platform spells it', () => {
    const { nameOf } = parse({ 'saved-prompt': 'x' })
    expect(nameOf('savedPrompt')).toBe('saved-prompt')
    expect(nameOf('promptFile')).toBe('prompt_file')
  })
})

test('all problems are reported at once', () => {
  const { told } = parse({
    promt: 'x',
    cloud: 'yes',
    share: 'friends\nteam:write',
    mcp: '{"a": x}\nlinear figma',
    timeout: 'soon',
    'oz-channel': 'nightly',
  })
  expect(told.map((line) => line.split(':')[0])).toEqual([
    'promt',
    'mcp',
    'mcp',
    'share',
    'share',
    'cloud',
    'oz-channel',
    'timeout',
  ])
})

test('inputs that were not given have their default or are undefined', () => {
  const { values, told } = parse({})
  expect(told).toEqual([])
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
  const withDefault = INPUT_IDS.filter((id) => 'default' in INPUTS[id])
  expect(Object.keys(given)).toEqual(withDefault)
  expect(given).toMatchObject({
    strictMcpStartup: false,
    cloud: false,
    wait: true,
    ozChannel: 'stable',
    ozVersion: 'latest',
    startupTimeout: 300_000,
    envPolicy: 'scrub',
    outputFormat: 'text',
    summary: true,
    allowEmpty: false,
    debug: false,
  })
})

test('every default and example is a value that its own input takes', () => {
  for (const id of INPUT_IDS) {
    const spec: InputSpec = INPUTS[id]
    for (const value of [spec.default, spec.example]) {
      if (value !== undefined) expect(parse({ [id]: value }).told).toEqual([])
    }
  }
})

test('no value makes it throw, and a wrong one is told by its input', () => {
  const value = fc.oneof(fc.string(), fc.json(), fc.jsonValue() as fc.Arbitrary<RawValue>)
  fc.assert(
    fc.property(fc.constantFrom(...INPUT_IDS), value, (id, raw) => {
      const { problems } = parse({ [id]: raw })
      expect(problems.every((problem) => problem.name === id && !/[\r\n]/.test(problem.message))).toBe(true)
    }),
    { numRuns: 500 },
  )
})
