import { describe, expect, it } from 'vitest'
import type { Called } from '../agent/agent-commands.ts'
import { resolveInputs } from './inputs.ts'

const NO_SECRET: Called = { ok: false, reason: 'ended with 1: not found' }

function resolve(
  inputs: Parameters<typeof resolveInputs>[0]['inputs'],
  env: object,
  secret: Called = NO_SECRET,
) {
  const asked: string[] = []
  const getSecret = async (name: string) => {
    asked.push(name)
    return secret
  }
  return resolveInputs({ inputs, problems: [] }, { ...env }, { getSecret }).then((found) => ({
    ...found,
    asked,
  }))
}

describe('the names of secrets', () => {
  it('stand for variables first', async () => {
    const found = await resolve({ prompt: 'x', 'warp-api-key': 'MY_KEY' }, { MY_KEY: ' wk-1 ' })
    expect(found).toEqual({
      inputs: { prompt: 'x', 'warp-api-key': 'wk-1' },
      problems: [],
      missingKey: undefined,
      asked: [],
    })
  })

  it('then for Buildkite secrets', async () => {
    const found = await resolve({ 'warp-api-key': 'MY_KEY' }, { MY_KEY: '' }, { ok: true, stdout: 'wk-2\n' })
    expect(found).toMatchObject({
      inputs: { 'warp-api-key': 'wk-2' },
      missingKey: undefined,
      asked: ['MY_KEY'],
    })
  })

  it.each([
    ['is not there', NO_SECRET, /no Buildkite secret MY_KEY could be read \(ended with 1: not found\)/],
    ['is empty', { ok: true, stdout: '\n' } as const, /it is empty/],
  ])('are missing when the secret %s', async (_, secret, reason) => {
    const found = await resolve({ 'warp-api-key': 'MY_KEY' }, {}, secret)
    expect(found.missingKey).toMatch(reason)
    expect(found.inputs).toEqual({})
  })

  it('to mask stand for the values of variables that are set', async () => {
    const found = await resolve({ mask: ['A', 'B', 'C'] }, { A: 'one', B: '' })
    expect(found.inputs).toEqual({ mask: ['one'] })
  })

  it('that are none are no inputs', async () => {
    const found = await resolve({ 'warp-api-key': 'wk-1.234', mask: ['a b c!'] }, {})
    expect(found.inputs).toEqual({})
    expect(found.problems.map(({ name }) => name)).toEqual(['warp-api-key', 'mask'])
    expect(found.asked).toEqual([])
  })
})
