import { describe, expect, test } from 'vitest'
import { artifactsOf, CloudRun, endMessage, hasEnded } from './runs.ts'

describe('the state of a cloud run', () => {
  test.each([
    ['QUEUED', false],
    ['PENDING', false],
    ['CLAIMED', false],
    ['INPROGRESS', false],
    ['InProgress', false],
    ['IN_PROGRESS', false],
    ['SUCCEEDED', true],
    ['Succeeded', true],
    ['FAILED', true],
    ['ERROR', true],
    ['BLOCKED', true],
    ['CANCELLED', true],
    ['HIBERNATED', true],
  ])('%s ends the wait: %s', (state, ended) => {
    expect(hasEnded(CloudRun.parse({ state }))).toBe(ended)
  })
})

describe('the answer about a cloud run', () => {
  test('needs no more than its state', () => {
    expect(CloudRun.parse({ state: 'FAILED' })).toEqual({ state: 'FAILED' })
  })

  test('without a state is none', () => {
    expect(CloudRun.safeParse({ session_link: 'https://example.com' }).success).toBe(false)
  })

  test('loses fields that cannot be understood, and nothing else', () => {
    const run = CloudRun.parse({
      state: 'SUCCEEDED',
      session_link: 'javascript:1',
      conversation_id: 7,
      artifacts: 'x',
    })
    expect(run.state).toBe('SUCCEEDED')
    expect([run.session_link, run.conversation_id, run.artifacts]).toEqual([undefined, undefined, undefined])
  })

  test('gives artifacts in the form of result.json', () => {
    const artifacts = [{ artifact_type: 'PULL_REQUEST', data: { url: 'https://example.com/1', branch: 'b' } }]
    expect(artifactsOf(CloudRun.parse({ state: 'SUCCEEDED', artifacts }))).toEqual([
      { type: 'pull_request', url: 'https://example.com/1', branch: 'b' },
    ])
  })

  test('tells message and code of its end', () => {
    const status_message = { message: 'No credits', error_code: 'insufficient-credits' }
    expect(endMessage(CloudRun.parse({ state: 'ERROR', status_message }))).toBe(
      'No credits\ninsufficient-credits',
    )
  })
})
