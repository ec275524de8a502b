import { expect, it } from 'vitest'
import { jobFacts } from './job-facts.ts'

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
