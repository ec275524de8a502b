import type { Agent } from 'node:http'
import { HttpProxyAgent } from 'http-proxy-agent'
import { HttpsProxyAgent } from 'https-proxy-agent'

/**
 * An agent that goes through a proxy: CONNECT for https, the whole URL for http.
 * Node's own proxy support (`proxyEnv`) would do, but came only with 24.5.
 */
export function createProxyAgent(
  target: URL,
  proxy: URL,
  { ca, signal }: { readonly ca: string[] | undefined; readonly signal: AbortSignal },
): Agent {
  // The signal ends the connection to a proxy that never lets us through: the request has no socket to close yet.
  const options = { ...(ca === undefined ? {} : { ca }), signal }
  return target.protocol === 'https:'
    ? new HttpsProxyAgent(proxy, options)
    : new HttpProxyAgent(proxy, options)
}
