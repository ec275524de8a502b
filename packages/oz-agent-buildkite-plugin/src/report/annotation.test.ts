import { OUTCOMES } from '@oz-agent/core'
import { describe, expect, it } from 'vitest'
import type { CallResult } from '../buildkite-agent/commands.ts'
import { annotationContext, createAnnotator, finishedBody, startedBody, styleOf } from './annotation.ts'

const OK: CallResult = { ok: true, stdout: '' }

/** Calls that end when they are told to. */
function controlled() {
  const sent: string[] = []
  const ends = new Map<string, () => void>()
  const send = (name: string) => () => {
    sent.push(name)
    return new Promise<CallResult>((resolve) => ends.set(name, () => resolve(OK)))
  }
  return { sent, send, end: (name: string) => ends.get(name)?.() }
}

const settle = () => new Promise((resolve) => setImmediate(resolve))

describe('the annotator', () => {
  it('sends one update after the other', async () => {
    const { sent, send, end } = controlled()
    const annotator = createAnnotator()
    const first = annotator.update(send('started'))
    const second = annotator.update(send('finished'))
    await settle()
    expect(sent).toEqual(['started'])
    end('started')
    await first
    await settle()
    expect(sent).toEqual(['started', 'finished'])
    end('finished')
    expect(await second).toBe(OK)
  })

  it('leaves out updates that a newer one replaces before their turn', async () => {
    const { sent, send, end } = controlled()
    const annotator = createAnnotator()
    void annotator.update(send('run'))
    const replaced = annotator.update(send('session'))
    const last = annotator.update(send('finished'))
    end('run')
    await settle()
    end('finished')
    await Promise.all([replaced, last])
    expect(sent).toEqual(['run', 'finished'])
  })

  it('does not wait for one that hangs when there is no time', async () => {
    const { sent, send, end } = controlled()
    const annotator = createAnnotator()
    void annotator.update(send('hangs'))
    const last = annotator.update(send('finished'), Promise.resolve())
    await settle()
    expect(sent).toEqual(['hangs', 'finished'])
    end('finished')
    expect(await last).toBe(OK)
  })

  it('can be used again', async () => {
    const { sent, send, end } = controlled()
    const annotator = createAnnotator()
    for (const name of ['a', 'b']) {
      const update = annotator.update(send(name))
      end(name)
      await update
    }
    expect(sent).toEqual(['a', 'b'])
  })
})

describe('annotations', () => {
  it('say where to watch', () => {
    const body = startedBody('Fix *it*', {
      sessionUrl: 'https://s.example.com/1',
      runUrl: 'https://r.example.com/1',
    })
    expect(body).toBe(
      ':robot_face: Oz is working in **Fix \\*it\\***.\n\n[Join the session](https://s.example.com/1) · [Open the run](https://r.example.com/1)',
    )
  })
  it('do without a label and without links', () => {
    expect(startedBody(undefined, {})).toBe(':robot_face: Oz is working.')
  })
  it('link to the files', () => {
    expect(finishedBody(undefined, 'Done.\n', ['oz-agent/result.json', 'oz-agent/a b.txt'])).toBe(
      'Done.\n\nFiles: [result.json](artifact://oz-agent/result.json) · [a b.txt](artifact://oz-agent/a%20b.txt)\n',
    )
    expect(finishedBody(undefined, 'Done.', [])).toBe('Done.')
  })
  it('name their step when it has ended', () => {
    expect(finishedBody('Fix *it*', 'Done.', [])).toBe('**Fix \\*it\\***\n\nDone.')
  })
  it('have a style for every outcome', () => {
    expect(Object.fromEntries(OUTCOMES.map(({ name }) => [name, styleOf(name)]))).toEqual({
      succeeded: 'success',
      skipped: 'info',
      'agent-failed': 'error',
      'no-output': 'error',
      blocked: 'warning',
      'invalid-input': 'error',
      unavailable: 'error',
      'internal-error': 'error',
      temporary: 'warning',
      'not-permitted': 'error',
      'timed-out': 'warning',
      cancelled: 'warning',
    })
  })
})

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
