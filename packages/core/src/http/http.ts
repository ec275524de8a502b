import { BlockList, isIP } from 'node:net'
import type { Environment } from '../ports.ts'

/** What kept a request from its answer, by the stage at which it failed. */
export type HttpFailure =
  /** The host's name has no address. */
  | 'name'
  /** Nobody took the connection: refused, unreachable, or no answer in time. */
  | 'connect'
  /** The proxy was reached and would not let us through. */
  | 'proxy'
  /** The certificate or the handshake. */
  | 'tls'
  /** The connection broke before the answer was complete. */
  | 'reset'
  /** No byte came for too long. */
  | 'stall'
  /** Not HTTP, or more headers than anyone sends. */
  | 'protocol'
  /** The caller gave up. */
  | 'aborted'

export interface HttpErrorDetails {
  readonly cause?: unknown
  /** The status that a proxy refused with. */
  readonly status?: number
}

/** A request without a complete answer. `message` is one sentence that names the host or the proxy. */
export class HttpError extends Error {
  override readonly name = 'HttpError'
  readonly failure: HttpFailure
  readonly status: number | undefined

  constructor(failure: HttpFailure, message: string, details: HttpErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.failure = failure
    this.status = details.status
  }

  static refusedByProxy(peer: string, status: number): HttpError {
    const message = `The proxy refused to connect to ${peer}: it answered ${status}.`
    return new HttpError('proxy', message, { status })
  }
}

/** The URL that a text is, or undefined; what `URL.parse` does, which Node 20 does not have. */
export function parseUrl(text: string, base?: string): URL | undefined {
  return URL.canParse(text, base) ? new URL(text, base) : undefined
}

/** A URL fit for a log: without credentials and without the query, which holds the signature of many storage links. */
export function shownUrl(url: string | URL): string {
  const parsed = parseUrl(String(url))
  if (parsed === undefined) return '(not a URL)'
  return `${parsed.protocol}//${parsed.host}${parsed.pathname}`
}

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
