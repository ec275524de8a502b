import { describe, expect, it } from 'vitest'
import { keyWarning, resolveKey } from './resolve-key.ts'

const KEY = 'wk-0123456789abcdef'

function resolve(places: { input?: string; env?: Record<string, string>; file?: string }) {
  return resolveKey({
    input: { name: 'warp_api_key', value: places.input },
    env: places.env ?? {},
    files: {
      readText: async (path) => {
        if (places.file === undefined) throw new Error(`ENOENT: no such file ${path}`)
        return places.file
      },
    },
  })
}

const KEY_FILE = { WARP_API_KEY_FILE: '/run/key' }

describe('the key', () => {
  it.each([
    ['the input, before all else', { input: KEY, env: { WARP_API_KEY: 'wk-other' } }, 'warp_api_key'],
    ['the variable, where the input is blank', { input: ' ', env: { WARP_API_KEY: KEY } }, 'WARP_API_KEY'],
    ['the variable, without the newline of a file', { env: { WARP_API_KEY: `${KEY}\n` } }, 'WARP_API_KEY'],
    [
      'the file, without byte order mark and line end',
      { env: KEY_FILE, file: `\ufeff${KEY}\r\n` },
      'WARP_API_KEY_FILE (/run/key)',
    ],
  ])('comes from %s', async (_name, places, source) => {
    expect(await resolve(places)).toEqual({ key: KEY, source })
  })

  it('is undefined where there is none', async () => {
    expect(await resolve({ env: { WARP_API_KEY: '' } })).toBeUndefined()
  })

  it.each([
    ['two words in the input', { input: `${KEY} ${KEY}` }, 'warp_api_key holds more than one word'],
    ['two lines in the variable', { env: { WARP_API_KEY: `${KEY}\nx` } }, 'WARP_API_KEY holds more than one'],
    ['two lines in the file', { env: KEY_FILE, file: `${KEY}\nx` }, 'WARP_API_KEY_FILE: /run/key holds more'],
    ['NUL in the file', { env: KEY_FILE, file: `${KEY}\0x` }, '/run/key holds control characters'],
    ['an empty file', { env: KEY_FILE, file: '\n' }, '/run/key is empty'],
    ['a missing file', { env: KEY_FILE }, '/run/key cannot be read: ENOENT'],
  ])('is refused without being shown: %s', async (_name, places, message) => {
    const refused = await resolve(places).catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: 'not-permitted', message: expect.stringContaining(message) })
    expect(String(refused)).not.toContain(KEY)
  })

  it('is doubted, not refused, when it begins otherwise', () => {
    expect(keyWarning({ key: 'ghp_x', source: 'WARP_API_KEY' })).toContain('does not begin with wk-')
    expect(keyWarning({ key: KEY, source: 'WARP_API_KEY' })).toBeUndefined()
  })
})
