import { describe, expect, it } from 'vitest'
import { defaultTimeout, describeJob, reasonForNoKey } from './job.ts'

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
