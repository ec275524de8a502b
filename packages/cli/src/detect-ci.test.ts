import type { Environment } from '@oz-agent/core'
import { expect, test } from 'vitest'
import { detectCi, isInternalVariable } from './detect-ci.ts'

const ROWS: Record<string, [Environment, name: string, jobUrl?: string, commit?: string]> = {
  'a terminal': [{ PATH: '/bin' }, 'generic'],
  Jenkins: [
    {
      JENKINS_URL: 'https://ci.example.com/',
      BUILD_ID: '7',
      BUILD_URL: 'https://ci.example.com/7/',
      GIT_COMMIT: 'abc',
    },
    'jenkins',
    'https://ci.example.com/7/',
    'abc',
  ],
  'Jenkins in Kubernetes': [
    { JENKINS_URL: 'https://ci.example.com/', BUILD_ID: '7', KUBERNETES_SERVICE_HOST: '10.0.0.1' },
    'jenkins',
  ],
  CircleCI: [
    { CIRCLECI: 'true', CIRCLE_BUILD_URL: 'https://circleci.example.com/7', CIRCLE_SHA1: 'abc' },
    'circleci',
    'https://circleci.example.com/7',
    'abc',
  ],
  'Azure Pipelines': [
    {
      TF_BUILD: 'True',
      SYSTEM_COLLECTIONURI: 'https://dev.azure.com/org/',
      SYSTEM_TEAMPROJECT: 'My Project',
      BUILD_BUILDID: '7',
      BUILD_SOURCEVERSION: 'abc',
    },
    'azure-pipelines',
    'https://dev.azure.com/org/My%20Project/_build/results?buildId=7',
    'abc',
  ],
  'Azure Pipelines without its variables': [{ TF_BUILD: 'True' }, 'azure-pipelines'],
  Bitbucket: [
    { BITBUCKET_BUILD_NUMBER: '7', BITBUCKET_COMMIT: 'abc', BITBUCKET_REPO_FULL_NAME: 'org/repo' },
    'bitbucket',
    'https://bitbucket.org/org/repo/pipelines/results/7',
    'abc',
  ],
  'a pod': [{ KUBERNETES_SERVICE_HOST: '10.0.0.1' }, 'kubernetes'],
}

test.each(Object.entries(ROWS))('%s', (_, [env, name, jobUrl, commit]) => {
  const detector = detectCi(env)
  expect({ name: detector.name, ...detector.describe(env) }).toEqual({ name, jobUrl, commit })
})

const INTERNAL: Record<string, [Environment, secret: string, harmless: string]> = {
  Azure: [{ TF_BUILD: 'True' }, 'SYSTEM_ACCESSTOKEN', 'SYSTEM_TEAMPROJECT'],
  CircleCI: [{ CIRCLECI: 'true' }, 'CIRCLE_OIDC_TOKEN_V2', 'CIRCLE_BRANCH'],
  Bitbucket: [
    { BITBUCKET_BUILD_NUMBER: '1', BITBUCKET_COMMIT: 'a' },
    'BITBUCKET_STEP_OIDC_TOKEN',
    'BITBUCKET_BRANCH',
  ],
  Jenkins: [{ JENKINS_URL: 'x', BUILD_ID: '1' }, 'GIT_ASKPASS', 'JENKINS_NODE_COOKIE'],
}

test.each(Object.entries(INTERNAL))(
  'the tokens of %s are kept from the agent',
  (_, [env, secret, harmless]) => {
    const { internal } = detectCi(env)
    expect(internal?.test(secret)).toBe(true)
    expect(internal?.test(harmless)).toBe(false)
  },
)

test.each(Object.entries(INTERNAL))(
  'the tokens of %s are kept from the agent on every CI',
  (_, [, secret, harmless]) => {
    expect(isInternalVariable(secret)).toBe(true)
    expect(isInternalVariable(harmless)).toBe(false)
  },
)

const HARMLESS = [
  ...['PATH', 'HOME', 'CI', 'GITHUB_SHA', 'GITHUB_TOKEN', 'RUNNER_TRACKING_ID', 'RUNNER_TEMP'],
  ...['CI_COMMIT_SHA', 'CI_PROJECT_URL', 'BUILDKITE_COMMIT', 'BUILDKITE_BUILD_URL', 'TEAMCITY_VERSION'],
  ...['ENDPOINT', 'NODE_OPTIONS', 'AWS_REGION'],
]

test.each(HARMLESS)('%s is no secret of any CI', (name) => {
  expect(isInternalVariable(name)).toBe(false)
})

test('a secret that is masked on Azure cannot break out of its command', () => {
  const line = detectCi({ TF_BUILD: 'True' }).maskLine?.('a%b\n##vso[task.complete]')
  expect(line).toBe('##vso[task.setsecret]a%AZP25b%0A##vso[task.complete]')
})
