import { describe, expect, it } from 'vitest'
import { createRedactor } from '../auth/redactor.ts'
import { buildAgentEnvironment, type EnvironmentRequest, probeEnvironment } from './environment.ts'

const SECRET = 'hunter22-secret'
const base64 = (text: string) => Buffer.from(text).toString('base64')

function order(env: Record<string, string>, rest: Partial<EnvironmentRequest> = {}) {
  return buildAgentEnvironment({
    env,
    policy: 'scrub',
    pass: [],
    isInternal: (name) => name.startsWith('CI_'),
    redactor: createRedactor([SECRET]),
    set: { WARP_API_KEY: 'wk-key' },
    ...rest,
  })
}

describe('the environment of the agent', () => {
  it.each([
    ['as it is', SECRET],
    ['within a URL', `https://user:${SECRET}@example.com`],
    ['as base64', base64(SECRET)],
    ['within base64 of a longer text', base64(`user:${SECRET}`)],
    ['as JSON within JSON', JSON.stringify(JSON.stringify({ password: SECRET }))],
  ])('keeps back a variable that holds a secret %s, and says so', (_name, value) => {
    const { env, withheld } = order({ HOME: '/root', LOGIN: value })
    expect(env).toEqual({ HOME: '/root', WARP_API_KEY: 'wk-key' })
    expect(withheld).toEqual(['LOGIN'])
  })

  it.each([
    ['scrub', ['HOME', 'LC_ALL', 'EDITOR', 'WARP_API_KEY']],
    ['inherit', ['HOME', 'LC_ALL', 'EDITOR', 'CI_TOKEN', 'LOGIN', 'WARP_API_KEY']],
    ['minimal', ['HOME', 'LC_ALL', 'WARP_API_KEY']],
  ] as const)('under %s is %j', (policy, names) => {
    const job = {
      HOME: '/root',
      LC_ALL: 'C',
      EDITOR: 'vi',
      CI_TOKEN: 'x',
      LOGIN: SECRET,
      WARP_API_KEY: 'other',
    }
    expect(Object.keys(order(job, { policy }).env)).toEqual(names)
  })

  it('has what is passed by name, whatever it holds', () => {
    const { env, withheld } = order({ CI_TOKEN: 'x', LOGIN: SECRET }, { pass: ['CI_TOKEN', 'LOGIN'] })
    expect(env).toEqual({ CI_TOKEN: 'x', LOGIN: SECRET, WARP_API_KEY: 'wk-key' })
    expect(withheld).toEqual([])
  })

  it('has the key under one name only', () => {
    const { env } = order(
      { WARP_API_KEY: 'old', WARP_API_KEY_FILE: '/run/key' },
      { pass: ['WARP_API_KEY_FILE'] },
    )
    expect(env).toEqual({ WARP_API_KEY: 'wk-key' })
  })
})

it('tries a CLI out without tokens of the CI and without secrets', () => {
  const host = {
    env: { HOME: '/root', CI_TOKEN: 'x', LOGIN: base64(SECRET) },
    isInternalVariable: (name: string) => name.startsWith('CI_'),
  }
  expect(probeEnvironment(host, createRedactor([SECRET]))).toEqual({ HOME: '/root' })
})

const jwt = (iss: string) =>
  [{ alg: 'RS256' }, { iss, sub: 'job' }, 'signature']
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')

describe('a token of the CI', () => {
  const CI_TOKEN = 'glcbt-64_abcdefgh0123'
  it.each([
    { name: 'an internal value under another name', env: { COPY: CI_TOKEN } },
    { name: 'within a header', env: { HEADER: `Bearer ${CI_TOKEN}` } },
    { name: 'as base64 of a login', env: { BASIC: base64(`gitlab-ci-token:${CI_TOKEN}`) } },
    {
      name: 'the password of an internal address',
      env: { CI_REPO: `https://u:${'p'.repeat(9)}@h/x`, PW: 'p'.repeat(9) },
    },
    { name: "a JWT of GitHub's", env: { WHO: jwt('https://token.actions.githubusercontent.com') } },
    {
      name: "a JWT of an enterprise's at GitHub",
      env: { WHO: jwt('https://token.actions.githubusercontent.com/acme') },
    },
    {
      name: "a JWT of GitHub Enterprise Server's",
      env: { WHO: jwt('https://ghe.example.com/_services/token') },
    },
    { name: "a JWT of gitlab.com's", env: { WHO: jwt('https://gitlab.com') } },
    {
      name: "a JWT of the job's own GitLab",
      env: { CI_SERVER_URL: 'https://git.example.com', WHO: jwt('https://git.example.com') },
    },
    {
      name: 'an old JWT of GitLab, without a scheme',
      env: { CI_SERVER_URL: 'https://git.example.com', WHO: jwt('git.example.com') },
    },
    { name: "a JWT of Buildkite's", env: { WHO: jwt('https://agent.buildkite.com') } },
    { name: "a JWT of CircleCI's", env: { WHO: jwt('https://oidc.circleci.com/org/1') } },
    {
      name: "a JWT of Bitbucket's",
      env: { WHO: jwt('https://api.bitbucket.org/2.0/workspaces/w/pipelines-config/identity/oidc') },
    },
    {
      name: 'a JWT within JSON',
      env: { WHO: JSON.stringify({ token: jwt('https://agent.buildkite.com') }) },
    },
    ...[
      'GITLAB_OIDC_TOKEN',
      'VAULT_JWT',
      'VAULT_ID_TOKEN',
      'KUBECONFIG',
      'DOCKER_AUTH_CONFIG',
      'JENKINS_SECRET',
      'JENKINS_API_TOKEN',
      'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
      'BUILDKITE_AGENT_ACCESS_TOKEN',
      'CIRCLE_OIDC_TOKEN_V2',
      'SYSTEM_ACCESSTOKEN',
      'BITBUCKET_STEP_OIDC_TOKEN',
      'GITHUB_OUTPUT',
    ].map((name) => ({ name: `by its name: ${name}`, env: { [name]: 'any' } })),
  ])('is kept back and told: $name', ({ env }) => {
    const name = Object.keys(env).at(-1) ?? ''
    const built = order({ HOME: '/root', CI_TOKEN, ...env })
    expect(built.env).toEqual({ HOME: '/root', WARP_API_KEY: 'wk-key' })
    expect(built.withheld).toEqual([name])
    expect(order({ CI_TOKEN, ...env }, { pass: [name] }).env).toHaveProperty(name)
    const host = { env: { CI_TOKEN, ...env }, isInternalVariable: (one: string) => one.startsWith('CI_') }
    expect(probeEnvironment(host, createRedactor([SECRET]))).toEqual({})
  })

  it.each([
    { name: 'a short internal value', env: { CI_TOKEN: 'abc1234', OTHER: 'abc1234' } },
    { name: 'an internal path', env: { CI_KEY_FILE: '/builds/project', PROJECT: '/builds/project/x' } },
    { name: 'an internal word', env: { CI_PLATFORM: 'linux/amd64', TARGETPLATFORM: 'linux/amd64' } },
    { name: 'an internal address', env: { CI_SERVER: 'https://example.com', SITE: 'https://example.com/a' } },
    {
      name: "the name of a variable, as Buildkite's options hold it",
      env: { CI_KEY: 'MY_DEPLOY', HOLDS: 'MY_DEPLOY' },
    },
    { name: 'a JWT of somebody else', env: { WHO: jwt('https://accounts.example.com') } },
    { name: 'what only begins like a JWT', env: { WHO: 'eyJhbGciOi.eyJub3Qg.x' } },
    { name: 'a copy of what is passed by name', env: { CI_TOKEN, COPY: CI_TOKEN }, pass: ['CI_TOKEN'] },
  ])('is not seen in $name', ({ env, pass = [] }) => {
    const name = Object.keys(env).at(-1) ?? ''
    const built = order(env as Record<string, string>, { pass })
    expect(built.env).toHaveProperty(name)
    expect(built.withheld).toEqual([])
  })

  it.each([
    ['scrub', ['CI_TOKEN', 'COPY']],
    ['minimal', ['CI_TOKEN', 'COPY']],
    ['inherit', []],
  ] as const)('is hidden in what the system shows of the step, under %s: %j', (policy, names) => {
    expect(order({ HOME: '/root', EDITOR: 'vi', CI_TOKEN, COPY: CI_TOKEN }, { policy }).hidden).toEqual(names)
  })

  it('goes to the agent under inherit, as everything does', () => {
    expect(order({ CI_TOKEN, COPY: CI_TOKEN }, { policy: 'inherit' }).env).toMatchObject({
      CI_TOKEN,
      COPY: CI_TOKEN,
    })
  })
})
