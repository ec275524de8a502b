import { describe, expect, test } from 'vitest'
import { readGitHubInputs } from './inputs.ts'

type Row = [name: string, env: Record<string, string>, inputs: Record<string, string>]

const rows: Row[] = [
  ['an input by its name', { INPUT_PROMPT: 'go' }, { prompt: 'go' }],
  ['an input of two words', { INPUT_SAVED_PROMPT: 'sp' }, { saved_prompt: 'sp' }],
  ['an input that was not given is empty, and left out', { INPUT_MODEL: '' }, {}],
  ['a near miss is kept, to be refused', { INPUT_PROMTP: 'go' }, { promtp: 'go' }],
  ["a job's own variable that begins alike is left alone", { INPUT_ZZ_TOP_SECRET_STUFF: 'x' }, {}],
  ['other variables are none', { PROMPT: 'x', MY_INPUT_PROMPT: 'y' }, {}],
]

describe('the inputs of a step on GitHub', () => {
  test.each(rows)('%s', (_name, env, inputs) => {
    expect(readGitHubInputs(env)).toEqual(inputs)
  })
})
