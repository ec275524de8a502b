import { describe, expect, it, test } from 'vitest'
import type { Environment } from '../ports.ts'
import { parseUrl, routeOf } from './http.ts'

const WARP = 'https://app.warp.dev/x'
const PROXY = 'http://proxy.example.com:3128'

interface Row {
  readonly name: string
  readonly env: Environment
  readonly url?: string
  /** `direct`, `invalid: …`, or the proxy's host and the variable. */
  readonly route: string
}

const ROWS: readonly Row[] = [
  { name: 'nothing set', env: {}, route: 'direct' },
  { name: 'upper case', env: { HTTPS_PROXY: PROXY }, route: 'proxy.example.com:3128 by HTTPS_PROXY' },
  { name: 'lower case', env: { https_proxy: PROXY }, route: 'proxy.example.com:3128 by https_proxy' },
  {
    name: 'lower case wins',
    env: { https_proxy: PROXY, HTTPS_PROXY: 'http://other.example.com' },
    route: 'proxy.example.com:3128 by https_proxy',
  },
  {
    name: 'empty is not set',
    env: { https_proxy: ' ', HTTPS_PROXY: PROXY },
    route: 'proxy.example.com:3128 by HTTPS_PROXY',
  },
  {
    name: 'http has its own',
    env: { HTTPS_PROXY: PROXY },
    url: 'http://mirror.example.com/',
    route: 'direct',
  },
  {
    name: 'http',
    env: { HTTP_PROXY: PROXY },
    url: 'http://mirror.example.com/',
    route: 'proxy.example.com:3128 by HTTP_PROXY',
  },
  { name: 'for all schemes', env: { ALL_PROXY: PROXY }, route: 'proxy.example.com:3128 by ALL_PROXY' },
  {
    name: 'without a scheme',
    env: { HTTPS_PROXY: 'proxy.example.com:8080' },
    route: 'proxy.example.com:8080 by HTTPS_PROXY',
  },
  {
    name: 'SOCKS',
    env: { ALL_PROXY: 'socks5://proxy.example.com' },
    route: 'invalid: ALL_PROXY names a socks5 proxy; only http and https ones are supported',
  },
  { name: 'no URL', env: { HTTPS_PROXY: 'http://' }, route: 'invalid: HTTPS_PROXY is no URL' },
  { name: 'exempt: everything', env: { HTTPS_PROXY: PROXY, NO_PROXY: '*' }, route: 'direct' },
  {
    name: 'exempt: the host',
    env: { HTTPS_PROXY: PROXY, no_proxy: 'a.example.com, APP.warp.dev' },
    route: 'direct',
  },
  { name: 'exempt: the domain', env: { HTTPS_PROXY: PROXY, NO_PROXY: 'warp.dev' }, route: 'direct' },
  { name: 'exempt: .domain', env: { HTTPS_PROXY: PROXY, NO_PROXY: '.warp.dev' }, route: 'direct' },
  { name: 'exempt: *.domain', env: { HTTPS_PROXY: PROXY, NO_PROXY: '*.warp.dev' }, route: 'direct' },
  {
    name: 'exempt: host and port',
    env: { HTTPS_PROXY: PROXY, NO_PROXY: 'app.warp.dev:443' },
    route: 'direct',
  },
  {
    name: 'not exempt: other port',
    env: { HTTPS_PROXY: PROXY, NO_PROXY: 'app.warp.dev:8443' },
    route: 'proxy.example.com:3128 by HTTPS_PROXY',
  },
  {
    name: 'not exempt: ends alike',
    env: { HTTPS_PROXY: PROXY, NO_PROXY: 'arp.dev' },
    route: 'proxy.example.com:3128 by HTTPS_PROXY',
  },
  {
    name: 'exempt: address',
    env: { HTTP_PROXY: PROXY, NO_PROXY: '127.0.0.1' },
    url: 'http://127.0.0.1:8080/',
    route: 'direct',
  },
  {
    name: 'exempt: range',
    env: { HTTP_PROXY: PROXY, NO_PROXY: '10.0.0.0/8' },
    url: 'http://10.1.2.3/',
    route: 'direct',
  },
  {
    name: 'not exempt: outside the range',
    env: { HTTP_PROXY: PROXY, NO_PROXY: '10.0.0.0/8' },
    url: 'http://11.1.2.3/',
    route: 'proxy.example.com:3128 by HTTP_PROXY',
  },
  {
    name: 'not exempt: a range that is none',
    env: { HTTP_PROXY: PROXY, NO_PROXY: '10.0.0.0/99' },
    url: 'http://10.1.2.3/',
    route: 'proxy.example.com:3128 by HTTP_PROXY',
  },
  {
    name: 'exempt: IPv6',
    env: { HTTP_PROXY: PROXY, NO_PROXY: '[::1]:80' },
    url: 'http://[::1]/',
    route: 'direct',
  },
  {
    name: 'exempt: IPv6 range',
    env: { HTTP_PROXY: PROXY, NO_PROXY: 'fd00::/8' },
    url: 'http://[fd12::1]/',
    route: 'direct',
  },
]

describe('routeOf', () => {
  test.each(ROWS)('$name', ({ env, url = WARP, route }) => {
    const found = routeOf(new URL(url), env)
    const shown =
      found.kind === 'proxy'
        ? `${found.url.host} by ${found.variable}`
        : found.kind === 'invalid'
          ? `invalid: ${found.variable} ${found.problem}`
          : 'direct'
    expect(shown).toBe(route)
  })
})

it.each([
  ['an address', 'https://example.com/a', undefined, 'https://example.com/a'],
  ['a path with the address that it is relative to', '/b', 'https://example.com/a', 'https://example.com/b'],
  ['a path alone', '/b', undefined, undefined],
  ['no address', 'http://', undefined, undefined],
  ['nothing', '', undefined, undefined],
])('reads %s', (_, text, base, href) => {
  expect(parseUrl(text, base)?.href).toBe(href)
})
