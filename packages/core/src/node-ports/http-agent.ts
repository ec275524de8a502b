import type { Agent } from 'node:http'
import { HttpProxyAgent } from 'http-proxy-agent'
import { HttpsProxyAgent } from 'https-proxy-agent'

/**
 * An agent that goes through a proxy: CONNECT for https, the whole URL for http.
 * Node's own proxy support (`proxyEnv`) would do, but came only with 24.5.
 */
export function createProxyAgent(target: URL, proxy: URL, ca: string[] | undefined): Agent {
  const trust = ca === undefined ? {} : { ca }
  return target.protocol === 'https:' ? new HttpsProxyAgent(proxy, trust) : new HttpProxyAgent(proxy, trust)
}
