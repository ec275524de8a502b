import { describe, expect, test } from 'vitest'
import { reasonForNoSecrets } from './ci.ts'

const EVENT = {
  GITHUB_EVENT_NAME: 'pull_request',
  GITHUB_EVENT_PATH: '/event.json',
  GITHUB_REPOSITORY: 'org/project',
}
const pull = (head: object) =>
  JSON.stringify({ pull_request: { head }, repository: { full_name: 'org/project' } })

type Row = [name: string, env: Record<string, string>, event: string, reason: RegExp | undefined]

const rows: Row[] = [
  [
    'a pull request from a fork',
    EVENT,
    pull({ repo: { full_name: 'fork/project' } }),
    /from forks \(fork\/project\)/,
  ],
  ['a pull request from a fork that was deleted', EVENT, pull({ repo: null }), /deleted fork/],
  ['a pull request from a branch', EVENT, pull({ repo: { full_name: 'org/project' } }), undefined],
  [
    'a pull request by Dependabot',
    { ...EVENT, GITHUB_ACTOR: 'dependabot[bot]' },
    pull({ repo: { full_name: 'org/project' } }),
    /Dependabot/,
  ],
  [
    'a review of a pull request from a fork',
    { ...EVENT, GITHUB_EVENT_NAME: 'pull_request_review' },
    pull({ repo: { full_name: 'fork/project' } }),
    /forks/,
  ],
  [
    'pull_request_target, which has secrets',
    { ...EVENT, GITHUB_EVENT_NAME: 'pull_request_target' },
    pull({ repo: { full_name: 'fork/project' } }),
    undefined,
  ],
  ['a push', { ...EVENT, GITHUB_EVENT_NAME: 'push' }, '{}', undefined],
  ['no event at all', {}, '', undefined],
  ['an event that is no JSON', EVENT, 'no json', undefined],
  ['an event of another shape', EVENT, '{"pull_request": 7}', undefined],
]

describe('why a job has no secrets', () => {
  test.each(rows)('%s', async (_name, env, event, reason) => {
    const found = await reasonForNoSecrets(env, { readText: async () => event })
    if (reason === undefined) expect(found).toBeUndefined()
    else expect(found).toMatch(reason)
  })
})
