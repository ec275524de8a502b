import { expect, test } from 'vitest'
import { readInputVariables, readOwnInputs, withSecrets } from './inputs.ts'

test.for<[string, Record<string, string>, Record<string, string>]>([
  ['texts by their names', { OZ_INPUT_SAVED_PROMPT: 'x' }, { saved_prompt: 'x' }],
  [
    'truth values from their one variable',
    { OZ_INPUT_FLAGS: 'cloud=false wait=true' },
    { cloud: 'false', wait: 'true' },
  ],
  [
    'a variable of its own wins',
    { OZ_INPUT_FLAGS: 'debug=false', OZ_INPUT_DEBUG: 'true' },
    { debug: 'true' },
  ],
  ['an empty one does not', { OZ_INPUT_FLAGS: 'debug=true', OZ_INPUT_DEBUG: '' }, { debug: 'true' }],
  ['other variables are none of ours', { OZ_INPUTS: 'x', PATH: '/bin' }, {}],
])('%s', ([, env, expected]) => {
  expect(readInputVariables(env)).toEqual(expected)
})

test('the tokens of the job are secrets like those that the user names', () => {
  const env = { OZ_MASK: 'one\ntwo', OZ_GITLAB_TOKEN: 'glpat-1', CI_JOB_TOKEN: 'glcbt-1' }
  expect(withSecrets({}, env)).toEqual({ mask: 'one\ntwo\nglpat-1\nglcbt-1' })
})

test('every own input that is wrong is reported, each by its name', () => {
  const { problems } = readOwnInputs({ output_prefix: '1x', note: 'maybe', minimum_role: 'developr' })
  expect(problems.map(({ name }) => name)).toEqual(['output_prefix', 'note', 'minimum_role'])
  expect(problems[2]?.message).toContain('Did you mean "developer"?')
})

test('own inputs that were not given have the defaults of the template', () => {
  expect(readOwnInputs({})).toEqual({
    own: { outputPrefix: 'OZ', note: true, mention: undefined, minimumRole: 'developer' },
    problems: [],
  })
})
