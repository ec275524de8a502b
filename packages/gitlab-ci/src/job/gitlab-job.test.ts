import { expect, test } from 'vitest'
import { isFromFork, readGitlabJob } from './gitlab-job.ts'

const mergeRequest = (project: string, target: string, source: string) => ({
  CI_PROJECT_ID: project,
  CI_MERGE_REQUEST_IID: '5',
  CI_MERGE_REQUEST_PROJECT_ID: target,
  CI_MERGE_REQUEST_SOURCE_PROJECT_ID: source,
})

test.for<[string, Record<string, string>, boolean]>([
  ['a branch', { CI_PROJECT_ID: '1' }, false],
  ['a merge request within the project', mergeRequest('1', '1', '1'), false],
  ['a fork’s merge request in the fork’s own pipeline', mergeRequest('2', '1', '2'), true],
  ['a fork’s merge request in a pipeline of the parent', mergeRequest('1', '1', '2'), true],
])('%s comes from a fork: %s', ([, env, expected]) => {
  expect(isFromFork(readGitlabJob(env, '/work'))).toBe(expected)
})

test('what an older GitLab does not set has a default or is unknown', () => {
  expect(readGitlabJob({}, '/work')).toMatchObject({
    projectDir: '/work',
    name: 'oz-agent',
    url: undefined,
    timeout: undefined,
    mergeRequest: undefined,
    isRefProtected: false,
  })
})
