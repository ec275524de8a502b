import { expect, it } from 'vitest'
import { labelWith } from './label.ts'

it.each([
  ['a label', ':hammer: Test', 'succeeded', ':hammer: Test · Oz succeeded :white_check_mark:'],
  [
    'what an earlier try left',
    'Test · Oz temporary :x:',
    'succeeded',
    'Test · Oz succeeded :white_check_mark:',
  ],
  ['no label', undefined, 'agent-failed', '· Oz agent-failed :x:'],
] as const)('adds the outcome to %s', (_, label, outcome, expected) => {
  expect(labelWith({ BUILDKITE_LABEL: label }, outcome)).toBe(expected)
})
