import { BlockList, isIP } from 'node:net'
import type { Environment } from '../ports.ts'
import { parseUrl } from './parse-url.ts'

/** How to reach a host under the proxy variables in force. */
export type Route =
  | { readonly kind: 'direct' }
  | { readonly kind: 'proxy'; readonly url: URL; readonly variable: string }
  /** The variable that applies holds no proxy that we can use. */
  | { readonly kind: 'invalid'; readonly variable: string; readonly problem: string }

/**
 * Which proxy a URL goes through. The variables of curl and most tools: `https_proxy`, `http_proxy`, else `all_proxy`,
 * less the hosts in `no_proxy`; lower case wins over upper case, an empty one counts as not set.
 * https://everything.curl.dev/usingcurl/proxies/env.html
 */
export function routeOf(url: URL, env: Environment): Route {
  const scheme = url.protocol === 'https:' ? 'https_proxy' : 'http_proxy'
  const variable = [scheme, scheme.toUpperCase(), 'all_proxy', 'ALL_PROXY'].find((name) => env[name]?.trim())
  if (variable === undefined || isExempt(url, env.no_proxy?.trim() || env.NO_PROXY || ''))
    return { kind: 'direct' }
  const text = env[variable]?.trim() ?? ''
  const proxy = parseUrl(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`)
  if (proxy === undefined || proxy.hostname === '') return { kind: 'invalid', variable, problem: 'is no URL' }
  if (proxy.protocol !== 'http:' && proxy.protocol !== 'https:') {
    return {
      kind: 'invalid',
      variable,
      problem: `names a ${proxy.protocol.slice(0, -1)} proxy; only http and https ones are supported`,
    }
  }
  return { kind: 'proxy', url: proxy, variable }
}

/** Whether a host is in `no_proxy`: `*`, a name (with all below it), `.name`, `*.name`, an address, a CIDR range, each with `:port` if wanted. */
function isExempt(url: URL, list: string): boolean {
  const host = url.hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  return list.split(/[\s,]+/).some((entry) => entry !== '' && matches(entry.toLowerCase(), host, port))
}

function matches(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true
  if (entry.includes('/')) return isInRange(host, entry)
  const [, bracketed, plain, wantedPort] = /^(?:\[([^\]]+)\]|([^:]*|.*:.*:.*?))(?::(\d+))?$/.exec(entry) ?? []
  const name = (bracketed ?? plain ?? '').replace(/^\*?\./, '').replace(/\.$/, '')
  if (name === '' || (wantedPort !== undefined && wantedPort !== port)) return false
  return host === name || (isIP(host) === 0 && host.endsWith(`.${name}`))
}

function isInRange(host: string, range: string): boolean {
  const [network = '', bits = ''] = range.split('/')
  const family = isIP(network) === 6 ? 'ipv6' : 'ipv4'
  const prefix = /^\d{1,3}$/.test(bits) ? Number(bits) : -1
  if (isIP(network) === 0 || isIP(host) !== isIP(network)) return false
  if (prefix < 0 || prefix > (family === 'ipv6' ? 128 : 32)) return false
  const ranges = new BlockList()
  ranges.addSubnet(network, prefix, family)
  return ranges.check(host, family)
}
