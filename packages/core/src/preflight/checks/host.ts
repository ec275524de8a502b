import { HttpError } from '../../http/http-error.ts'
import { routeOf } from '../../http/proxy.ts'
import type { Environment } from '../../ports.ts'
import type { Check } from '../check.ts'
import type { DoctorContext } from '../doctor-context.ts'
import { type Finding, ok, problem, warning } from '../finding.ts'
import type { NeededHost } from '../hosts.ts'

/** One host: looked up, connected to, and asked over TLS, through whatever proxy is in force. */
export function hostCheck({ url, purpose, onlyForDownload }: NeededHost): Check {
  return {
    id: `host:${url.host}`,
    group: 'network',
    title: url.host,
    async run(context) {
      const finding = await reach(url, purpose, context)
      const harmless =
        onlyForDownload && finding.status === 'problem' && (await context.cli()).kind === 'found'
      if (!harmless) return finding
      return warning(`${finding.summary} (needed only to download a CLI)`, finding.repair)
    },
  }
}

async function reach(url: URL, purpose: string, { ports, env, limit }: DoctorContext): Promise<Finding> {
  const began = ports.clock.elapsed()
  try {
    const response = await ports.http.request({
      method: 'HEAD',
      url: new URL('/', url).href,
      env,
      connectTimeout: Math.round(limit * 0.6),
      stallTimeout: Math.round(limit * 0.3),
    })
    // Any answer shows that the host is there; its content is not our business.
    for await (const _ of response.body) break
    const took = Math.round(ports.clock.elapsed() - began)
    if (response.status >= 500) {
      return problem('temporary', `answers ${response.status}`, 'Wait, and run the step again.')
    }
    return ok(`${purpose}: answers ${response.status} in ${took} ms${throughProxy(url, env)}`)
  } catch (error) {
    if (!(error instanceof HttpError)) throw error
    return explain(error, url, env)
  }
}

function throughProxy(url: URL, env: Environment): string {
  const route = routeOf(url, env)
  return route.kind === 'proxy' ? `, through ${route.variable}` : ''
}

/** Each stage has a repair of its own. */
function explain(error: HttpError, url: URL, env: Environment): Finding {
  const route = routeOf(url, env)
  const variable = route.kind === 'direct' ? 'HTTPS_PROXY' : route.variable
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  const summary = (stage: string) => `${stage}: ${error.message}`
  switch (error.failure) {
    case 'name':
      return problem(
        'temporary',
        summary('name'),
        route.kind === 'proxy'
          ? `Correct the proxy's name in ${variable}.`
          : `Let this machine look up ${url.hostname}, or set HTTPS_PROXY to a proxy that does.`,
      )
    case 'connect':
      return problem(
        'temporary',
        summary('connect'),
        route.kind === 'proxy'
          ? `Start the proxy that ${variable} names, or correct it.`
          : `Allow outbound connections to ${url.hostname} on port ${port}, or set HTTPS_PROXY.`,
      )
    case 'proxy':
      return explainProxy(error, url, variable)
    case 'tls':
      return problem(
        'unavailable',
        summary('TLS'),
        `Let NODE_EXTRA_CA_CERTS name a file with the certificate of whoever inspects TLS here, or exempt ${url.hostname} from inspection.`,
      )
    default:
      return problem(
        'temporary',
        summary('answer'),
        `Ask who runs the firewall or proxy whether ${url.hostname} is let through, then try again.`,
      )
  }
}

function explainProxy(error: HttpError, url: URL, variable: string): Finding {
  const summary = `proxy: ${error.message}`
  if (error.status === 407) {
    return problem('not-permitted', summary, `Put the user and password of the proxy into ${variable}.`)
  }
  if (error.status !== undefined && error.status < 500) {
    return problem('not-permitted', summary, `Have the proxy of ${variable} allow ${url.hostname}.`)
  }
  const repair = `Check the proxy that ${variable} names, or list ${url.hostname} in NO_PROXY if it can be reached directly.`
  return problem('temporary', summary, repair)
}
