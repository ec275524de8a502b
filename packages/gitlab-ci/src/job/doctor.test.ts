import { expect, test } from 'vitest'
import { type FakeAnswer, FakeGitlabApi } from '../testing/fakes.ts'
import { readGitlabJob } from './ci.ts'
import { jobFacts } from './doctor.ts'

const ENV = {
  CI_PROJECT_ID: '1217',
  CI_PIPELINE_SOURCE: 'merge_request_event',
  CI_MERGE_REQUEST_IID: '5',
  CI_COMMIT_REF_NAME: 'topic',
  CI_SERVER_VERSION: '17.9.2',
  CI_SERVER_HOST: 'gitlab.example.com',
  CI_RUNNER_VERSION: '17.9.0',
}
const SELF = 'GET /personal_access_tokens/self'
const MEMBER = 'GET /projects/1217/members/all/7'
const GOOD: Readonly<Record<string, FakeAnswer>> = {
  [SELF]: { data: { user_id: 7, scopes: ['api'], expires_at: '2027-01-31' } },
  [MEMBER]: { data: { access_level: 30 } },
}

async function facts(env: Record<string, string> = {}, api?: FakeGitlabApi) {
  const whole = { ...ENV, ...env }
  const found = await jobFacts(readGitlabJob(whole, '/checkout'), whole, api)
  return Object.fromEntries(found.map(({ title, finding }) => [title, finding]))
}

test('a merge request of the project itself', async () => {
  const told = await facts({ CI_COMMIT_REF_PROTECTED: 'true' }, new FakeGitlabApi(GOOD))
  expect(Object.values(told).map(({ status }) => status)).toEqual(['ok', 'ok', 'ok', 'ok', 'ok'])
  expect(told.GitLab?.summary).toBe('17.9.2 at gitlab.example.com, runner 17.9.0')
  expect(told.Pipeline?.summary).toBe('merge_request_event of merge request !5 on topic')
  expect(told['Token for notes']?.summary).toBe('OZ_GITLAB_TOKEN may write, until 2027-01-31')
})

test('a fork, where the key is kept away', async () => {
  expect((await facts({ CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '99' })).Fork).toMatchObject({
    status: 'warning',
    summary: expect.stringContaining('comes from a fork'),
  })
})

test.for<[name: string, env: Record<string, string>, status: string]>([
  ['a protected variable does not reach an unprotected branch', {}, 'warning'],
  ['an unprotected branch with a key of its own', { WARP_API_KEY: 'wk-1' }, 'ok'],
  ['an unprotected branch with the key in a file', { WARP_API_KEY_FILE: '/key' }, 'ok'],
  ['a protected branch', { CI_COMMIT_REF_PROTECTED: 'true' }, 'ok'],
])('%s', async ([, env, status]) => {
  expect((await facts(env))['Protected ref']?.status).toBe(status)
})

test.for<[name: string, answers: Record<string, FakeAnswer> | undefined, words: string]>([
  ['there is none', undefined, 'there is no OZ_GITLAB_TOKEN'],
  ['it may only read', { [SELF]: { data: { user_id: 7, scopes: ['read_api'] } } }, 'it has read_api'],
  ['it is revoked', { [SELF]: { fails: 'unauthorized' } }, 'is unknown'],
  ['its account is a guest', { [MEMBER]: { data: { access_level: 10 } } }, 'no member'],
  ['its account is of another project', { [MEMBER]: { fails: 'missing' } }, 'no member'],
  ['GitLab does not answer', { [SELF]: { fails: 'slow' } }, 'is unknown'],
])('a token that may not write is told with its repair: %s', async ([, answers, words]) => {
  const api = answers === undefined ? undefined : new FakeGitlabApi({ ...GOOD, ...answers })
  const fact = (await facts({}, api))['Token for notes']
  expect(fact?.status).toBe('warning')
  expect(fact?.summary).toContain(words)
  expect(fact?.status === 'warning' && fact.repair).toMatch(/token|next run/i)
})
