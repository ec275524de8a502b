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
