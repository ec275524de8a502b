import { expect, test } from 'vitest'
import { agentTime, isFromFork, isInternalVariable, readGitlabJob } from './ci.ts'

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

const NOW = Date.parse('2026-08-19T08:10:00Z')

test.for<[string, Record<string, string>, number | undefined]>([
  ['no limit is known', {}, undefined],
  ['the script’s own limit, less a minute', { RUNNER_SCRIPT_TIMEOUT: '56m' }, 55 * 60_000],
  ['a job of an hour keeps the five minutes of after_script', { CI_JOB_TIMEOUT: '3600' }, 54 * 60_000],
  [
    'what the job has used up is gone',
    { CI_JOB_TIMEOUT: '3600', CI_JOB_STARTED_AT: '2026-08-19T08:00:00Z' },
    44 * 60_000,
  ],
  [
    'the nearer limit counts',
    { CI_JOB_TIMEOUT: '3600', RUNNER_SCRIPT_TIMEOUT: '10m', RUNNER_AFTER_SCRIPT_TIMEOUT: '2m' },
    9 * 60_000,
  ],
  ['a short job keeps four fifths of what after_script leaves', { CI_JOB_TIMEOUT: '50' }, 32_000],
  ['a limit that makes no sense is none', { CI_JOB_TIMEOUT: 'soon' }, undefined],
])('%s', ([, env, expected]) => {
  expect(agentTime(readGitlabJob(env, '/work'), NOW)).toBe(expected)
})

test.for([
  ['CI_JOB_TOKEN', true],
  ['CI_REPOSITORY_URL', true],
  ['CI_REGISTRY_PASSWORD', true],
  ['CI_DEPLOY_PASSWORD', true],
  ['SIGSTORE_ID_TOKEN', true],
  ['OZ_GITLAB_TOKEN', true],
  ['OZ_INPUT_PROMPT', true],
  ['TRIGGER_PAYLOAD', true],
  ['RUNNER_SCRIPT_TIMEOUT', true],
  ['FF_USE_FASTZIP', true],
  ['CI_COMMIT_SHA', false],
  ['CI_PROJECT_PATH', false],
  ['CI_MERGE_REQUEST_IID', false],
  ['PATH', false],
  ['NODE_EXTRA_CA_CERTS', false],
] as const)('%s is kept from the agent: %s', ([name, expected]) => {
  expect(isInternalVariable(name)).toBe(expected)
})
