import { describe, expect, it } from 'vitest'
import type { CallResult } from '../buildkite-agent/commands.ts'
import { readSecretNames, resolveInputs } from './secrets.ts'

const NO_SECRET: CallResult = { ok: false, reason: 'ended with 1: not found' }

function resolve(
  inputs: Parameters<typeof resolveInputs>[0]['inputs'],
  env: object,
  secret: CallResult = NO_SECRET,
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

const KEY = 'wk-1.0123456789abcdef'

describe('readSecretNames', () => {
  it.each([
    ['a name', { 'warp-api-key': 'MY_KEY' }, 'MY_KEY'],
    ['a name with space around it', { 'warp-api-key': ' MY_KEY ' }, 'MY_KEY'],
    ['nothing', {}, undefined],
    ['an empty name', { 'warp-api-key': '' }, undefined],
  ])('takes %s', (_, inputs, key) => {
    expect(readSecretNames(inputs)).toEqual({ key, mask: [], problems: [] })
  })

  it.each([
    ['a key', KEY, /this is a key itself.*revoke it/s],
    ['a reference that was not replaced', '$MY_KEY', /without `\$`/],
    ['a word with a hyphen', 'my-key', /letters, digits and _/],
    ['a list', ['MY_KEY'], /expected the name/],
    ['a number', 12, /expected the name/],
  ])('refuses %s without showing it', (_, value, message) => {
    const { key, problems } = readSecretNames({ 'warp-api-key': value })
    expect(key).toBeUndefined()
    expect(problems).toEqual([{ name: 'warp-api-key', message: expect.stringMatching(message) }])
    expect(JSON.stringify(problems)).not.toContain(String(value))
  })

  it.each([
    ['a list', ['A', 'B'], ['A', 'B']],
    ['lines', 'A\nB', ['A', 'B']],
    ['words with commas', 'A, B', ['A', 'B']],
    ['null', null, []],
  ])('takes %s of variables to mask', (_, value, mask) => {
    expect(readSecretNames({ mask: value })).toEqual({ key: undefined, mask, problems: [] })
  })

  it.each([
    ['a value', ['hunter2!']],
    ['an object', [{ a: 1 }]],
    ['a number', 5],
  ])('refuses %s to mask without showing it', (_, value) => {
    const { problems } = readSecretNames({ mask: value })
    expect(problems).toEqual([
      { name: 'mask', message: expect.stringContaining('names of environment variables') },
    ])
    expect(JSON.stringify(problems)).not.toContain('hunter2')
  })
})
