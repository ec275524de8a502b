import { describe, expect, it } from 'vitest'
import { failureInputs, inputsBefore, promptFileOf } from './failure-inputs.ts'

const failure = { command: 'x', exitStatus: 1, output: 'y', cut: false }

describe('the inputs of on-failure', () => {
  it.each([
    ['a prompt', { prompt: 'a' }],
    ['a file', { 'prompt-file': 'a' }],
    ['a skill', { skill: 'a' }],
  ])('are complete before the failure with %s', (_, inputs) => {
    expect(inputsBefore(inputs)).toEqual(inputs)
  })
  it('get a prompt where there is no task', () => {
    expect(inputsBefore({ prompt: ' ', model: 'm' })).toMatchObject({
      model: 'm',
      prompt: expect.stringContaining('failed'),
    })
  })
  it.each([
    ['a prompt', { prompt: 'Repair', model: 'm' }, undefined, /^Repair\n/],
    ['a file', { 'prompt-file': 'p.md', model: 'm' }, 'From the file', /^From the file\n/],
    ['a skill', { skill: 's', model: 'm' }, undefined, /^The command failed/],
    ['nothing', { model: 'm' }, undefined, /^Find out why/],
  ])('tell of the failure with %s', (_, inputs, file, prompt) => {
    const made = failureInputs(inputs, file, failure)
    expect(made).toMatchObject({ model: 'm', prompt: expect.stringMatching(prompt) })
    expect(made).not.toHaveProperty('prompt-file')
  })
  it('knows the file', () => {
    expect([promptFileOf({}), promptFileOf({ 'prompt-file': 'a.md' })]).toEqual([undefined, 'a.md'])
  })
})
