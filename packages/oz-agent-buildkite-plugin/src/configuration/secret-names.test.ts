import { describe, expect, it } from 'vitest'
import { readSecretNames } from './secret-names.ts'

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
