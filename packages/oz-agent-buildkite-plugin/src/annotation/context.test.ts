import { describe, expect, it } from 'vitest'
import { annotationContext } from './context.ts'

const STEP = { BUILDKITE_STEP_ID: 'id', BUILDKITE_JOB_ID: 'job' }

describe('the context of the annotation', () => {
  it.each([
    ['a step with a key', { ...STEP, BUILDKITE_STEP_KEY: 'review' }, 1, 'oz-agent-review'],
    ['a step without a key', STEP, 1, 'oz-agent-id'],
    ['one of parallel jobs', { ...STEP, BUILDKITE_PARALLEL_JOB: '3' }, 1, 'oz-agent-id-3'],
    ['the second use in a step', STEP, 2, 'oz-agent-id-2'],
    ['a job of which little is known', {}, 1, 'oz-agent-step'],
  ])('is its own for %s', (_, env, use, context) => {
    expect(annotationContext(env, undefined, use)).toBe(context)
  })
  it('is what the user chose', () => {
    expect(annotationContext(STEP, 'mine', 2)).toBe('mine')
  })
  it('stays within 100 characters and tells long keys apart', () => {
    const [a = '', b = ''] = ['a', 'b'].map((end) =>
      annotationContext({ BUILDKITE_STEP_KEY: 'x'.repeat(200) + end }, undefined, 1),
    )
    expect(a).toHaveLength(100)
    expect(a).not.toBe(b)
  })
})
