import { describe, expect, it } from 'vitest'
import { defaultTimeout, describeJob, jobFacts, reasonForNoKey } from './ci.ts'

describe('the job', () => {
  it('has an address and a commit', () => {
    const env = {
      BUILDKITE_BUILD_URL: 'https://buildkite.example.com/b/1',
      BUILDKITE_JOB_ID: 'j',
      BUILDKITE_COMMIT: 'abc',
    }
    expect(describeJob(env)).toEqual({
      name: 'buildkite',
      jobUrl: 'https://buildkite.example.com/b/1#j',
      commit: 'abc',
    })
  })
  it('has neither before they are known', () => {
    expect(describeJob({ BUILDKITE_COMMIT: 'HEAD' })).toEqual({
      name: 'buildkite',
      jobUrl: undefined,
      commit: undefined,
    })
  })

  it.each([
    ['a limit', '30', 0, 29 * 60_000],
    ['a limit of which the command took a part', '30', 10 * 60_000, 19 * 60_000],
    ['a short limit', '1', 0, undefined],
    ['a limit that the command used up', '5', 5 * 60_000, undefined],
    ['no limit', 'false', 0, undefined],
    ['nothing', undefined, 0, undefined],
    ['zero', '0', 0, undefined],
  ])('with %s', (_, limit, spent, timeout) => {
    expect(defaultTimeout({ BUILDKITE_TIMEOUT: limit }, spent)).toBe(timeout)
  })

  const own = 'git@git.example.com:org/project.git'
  it.each([
    ['a fork', 'https://git.example.com/somebody/project.git', true],
    ['a fork, over SSH', 'ssh://git@git.example.com/somebody/project', true],
    ['the repository itself, spelled another way', 'https://git.example.com/org/project', false],
    ['the repository itself, with the git protocol', 'git://git.example.com/Org/project.git', false],
    ['no pull request', '', false],
  ])('%s', (_, fork, isFork) => {
    const reason = reasonForNoKey({ BUILDKITE_REPO: own, BUILDKITE_PULL_REQUEST_REPO: fork })
    expect(reason !== undefined).toBe(isFork)
  })
})

const REPOSITORY = 'git@git.example.com:org/project.git'

it.each([
  [
    'a push',
    {
      BUILDKITE_BRANCH: 'main',
      BUILDKITE_PULL_REQUEST: 'false',
      BUILDKITE_SOURCE: 'webhook',
      BUILDKITE_AGENT_NAME: 'linux-1',
      BUILDKITE_AGENT_META_DATA_QUEUE: 'default',
    },
    [
      'branch main, started by a push or a pull request',
      'linux-1 on the queue default',
      'this build can have secrets',
    ],
  ],
  [
    'a pull request of the repository itself',
    {
      BUILDKITE_PULL_REQUEST: '12',
      BUILDKITE_PULL_REQUEST_REPO: 'https://git.example.com/org/project',
      BUILDKITE_REPO: REPOSITORY,
      BUILDKITE_SOURCE: 'ui',
    },
    [
      'pull request 12, started by a person',
      'of no known name on no named queue',
      'this build can have secrets',
    ],
  ],
  [
    'a pull request from a fork',
    {
      BUILDKITE_PULL_REQUEST: '13',
      BUILDKITE_PULL_REQUEST_REPO: 'https://git.example.com/somebody/project.git',
      BUILDKITE_REPO: REPOSITORY,
      BUILDKITE_SOURCE: 'webhook',
    },
    [
      'pull request 13, started by a push or a pull request',
      'of no known name on no named queue',
      expect.stringContaining('builds of forks get no secrets'),
    ],
  ],
  [
    'a source that is new',
    { BUILDKITE_SOURCE: 'comet' },
    ['branch unknown, started by comet', expect.any(String), expect.any(String)],
  ],
])('tells of %s', (_, env, summaries) => {
  const facts = jobFacts(env)
  expect(facts.map(({ title }) => title)).toEqual(['Build', 'Agent', 'Secrets'])
  expect(facts.map(({ finding }) => finding.summary)).toEqual(summaries)
})

it('warns where a fork has no secrets, and says what to do', () => {
  const env = { BUILDKITE_PULL_REQUEST_REPO: 'https://git.example.com/a/b', BUILDKITE_REPO: REPOSITORY }
  expect(jobFacts(env).at(-1)?.finding).toMatchObject({
    status: 'warning',
    repair: expect.stringContaining('builds of this repository'),
  })
})
