import { OUTCOMES } from '@oz-agent/core'
import { describe, expect, it } from 'vitest'
import { finishedBody, startedBody, styleOf } from './bodies.ts'

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
    expect(finishedBody('Done.\n', ['oz-agent/result.json', 'oz-agent/a b.txt'])).toBe(
      'Done.\n\nFiles: [result.json](artifact://oz-agent/result.json) · [a b.txt](artifact://oz-agent/a%20b.txt)\n',
    )
    expect(finishedBody('Done.', [])).toBe('Done.')
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
