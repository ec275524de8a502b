import { expect, it } from 'vitest'
import { parseUrl } from './http.ts'

it.each([
  ['an address', 'https://example.com/a', undefined, 'https://example.com/a'],
  ['a path with the address that it is relative to', '/b', 'https://example.com/a', 'https://example.com/b'],
  ['a path alone', '/b', undefined, undefined],
  ['no address', 'http://', undefined, undefined],
  ['nothing', '', undefined, undefined],
])('reads %s', (_, text, base, href) => {
  expect(parseUrl(text, base)?.href).toBe(href)
})
