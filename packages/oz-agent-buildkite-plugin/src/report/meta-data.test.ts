import { OUTPUTS, type OutputValues } from '@oz-agent/core'
import { describe, expect, it } from 'vitest'
import { labelWith, metaDataOf, metaDataPrefix } from './meta-data.ts'

const EMPTY = Object.fromEntries(OUTPUTS.map(({ id }) => [id, ''])) as OutputValues

describe('meta-data', () => {
  it.each([
    ['the key of the step', { BUILDKITE_STEP_KEY: 'review' }, undefined, 1, 'oz-agent:review'],
    ['no key', {}, undefined, 1, 'oz-agent'],
    ["the user's choice", { BUILDKITE_STEP_KEY: 'review' }, 'mine', 1, 'mine'],
    ['one of parallel jobs', { BUILDKITE_PARALLEL_JOB: '0' }, undefined, 1, 'oz-agent:job-0'],
    ['the second use in a step', { BUILDKITE_STEP_KEY: 'review' }, undefined, 2, 'oz-agent:review:use-2'],
    ["the second use with the user's choice", {}, 'mine', 2, 'mine:use-2'],
  ])('is named by %s', (_, env, chosen, use, prefix) => {
    expect(metaDataPrefix(env, chosen, use)).toBe(prefix)
  })

  it('has no blank values, and nothing that is large by nature', () => {
    const outputs = {
      ...EMPTY,
      outcome: 'succeeded',
      exitCode: '0',
      runId: ' ',
      agentOutput: 'x',
      artifacts: '[]',
    }
    expect(metaDataOf('p', outputs)).toEqual([
      ['p:outcome', 'succeeded'],
      ['p:exit-code', '0'],
    ])
  })

  it.each([
    ['ASCII', 'a'.repeat(3_000)],
    ['two bytes each', 'é'.repeat(3_000)],
    ['four bytes each', '😀'.repeat(3_000)],
  ])('cuts long values between characters: %s', (_, finalMessage) => {
    const [[, value = ''] = []] = metaDataOf('p', { ...EMPTY, finalMessage })
    expect(Buffer.byteLength(value)).toBeLessThanOrEqual(1_000)
    expect(Buffer.byteLength(value)).toBeGreaterThan(990)
    expect(value.endsWith('…')).toBe(true)
    expect(value).not.toContain('\ufffd')
  })
})

it.each([
  ['a label', ':hammer: Test', 'succeeded', ':hammer: Test · Oz succeeded :white_check_mark:'],
  [
    'what an earlier try left',
    'Test · Oz temporary :x:',
    'succeeded',
    'Test · Oz succeeded :white_check_mark:',
  ],
  ['no label', undefined, 'agent-failed', '· Oz agent-failed :x:'],
  [
    'what an earlier try with a red command left',
    'Test · Oz succeeded, command failed :x:',
    'succeeded',
    'Test · Oz succeeded :white_check_mark:',
  ],
] as const)('adds the outcome to %s', (_, label, outcome, expected) => {
  expect(labelWith({ BUILDKITE_LABEL: label }, outcome)).toBe(expected)
})

it('is no green label when the command of the step failed', () => {
  expect(labelWith({ BUILDKITE_LABEL: 'Test' }, 'succeeded', true)).toBe(
    'Test · Oz succeeded, command failed :x:',
  )
})
