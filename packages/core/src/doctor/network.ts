import type { RunRequest } from '../contract/request.ts'
import type { RunnerError } from '../errors.ts'
import { HttpError, routeOf, shownUrl } from '../http/http.ts'
import { close, withoutCredentials } from '../install/get.ts'
import { packageTarget, placesOf, refused, unknownRelease } from '../install/release.ts'
import type { Environment } from '../ports.ts'
import type { Check, DoctorContext } from './context.ts'
import { type Finding, ok, problem, warning } from './finding.ts'

/** A host that a run talks to, and what for. */
export interface NeededHost {
  readonly url: URL
  readonly purpose: string
  /** Whether a step can do without it when the CLI is there already. */
  readonly onlyForDownload: boolean
  /** A mirror is asked for the release itself: that its host answers says nothing of what it holds. */
  readonly isMirror?: boolean
}

/** Warp's hosts (https://docs.warp.dev/reference/cli), each with the CLI's variable that replaces it. */
const SERVERS = [
  { host: 'app.warp.dev', variable: 'WARP_SERVER_ROOT_URL', purpose: 'API' },
  { host: 'rtc.app.warp.dev', variable: 'WARP_WS_SERVER_URL', purpose: 'live updates' },
  { host: 'sessions.app.warp.dev', variable: 'WARP_SESSION_SHARING_SERVER_URL', purpose: 'shared sessions' },
] as const

/** The hosts that this request needs, each once, managed ones and mirrors only where they are used. Pure. */
export function neededHosts(request: RunRequest, env: Environment): NeededHost[] {
  const hosts: NeededHost[] = SERVERS.map(({ host, variable, purpose }) => ({
    url: urlFrom(env[variable]) ?? new URL(`https://${host}`),
    purpose,
    onlyForDownload: false,
  }))
  if (request.placement.kind === 'cloud') hosts.push(host('https://oz.warp.dev', 'managed runs', false))
  const { path, downloadUrl } = request.cli
  if (path === undefined) {
    const mirror = urlFrom(downloadUrl)
    hosts.push(
      mirror === undefined
        ? host('https://releases.warp.dev', 'download of the CLI', true)
        : { url: mirror, purpose: 'mirror of the CLI', onlyForDownload: true, isMirror: true },
    )
  }
  const first = (host: string) => hosts.findIndex(({ url }) => url.host === host)
  // A mirror may be on a host that is needed anyway: it is asked for something else there.
  return hosts.filter(({ url, isMirror }, index) => isMirror === true || first(url.host) === index)
}

const host = (url: string, purpose: string, onlyForDownload: boolean): NeededHost => ({
  url: new URL(url),
  purpose,
  onlyForDownload,
})

/** The web address of a server that may be given as one for WebSockets. */
function urlFrom(text: string | undefined): URL | undefined {
  const web = text?.trim().replace(/^ws(s?):/, 'http$1:') ?? ''
  return URL.canParse(web) && /^https?:/.test(web) ? new URL(web) : undefined
}

/** One host: looked up, connected to, and asked over TLS, through whatever proxy is in force. */
export function hostCheck({ url, purpose, onlyForDownload, isMirror = false }: NeededHost): Check {
  return {
    id: `${isMirror ? 'mirror' : 'host'}:${url.host}`,
    group: 'network',
    title: isMirror ? `${url.host} (mirror)` : url.host,
    async run(context) {
      const finding = await (isMirror ? reachMirror : reach)(url, purpose, context)
      const harmless =
        onlyForDownload && finding.status === 'problem' && (await context.cli()).kind === 'found'
      if (!harmless) return finding
      return warning(`${finding.summary} (needed only to download a CLI)`, finding.repair)
    },
  }
}

async function reach(url: URL, purpose: string, context: DoctorContext): Promise<Finding> {
  const { clock } = context.ports
  const began = clock.elapsed()
  try {
    const status = await ask('HEAD', new URL('/', url).href, context)
    if (status >= 500) return serverFailure(status)
    const took = Math.round(clock.elapsed() - began)
    return ok(`${purpose}: answers ${status} in ${took} ms${throughProxy(url, context.env)}`)
  } catch (error) {
    if (!(error instanceof HttpError)) throw error
    return explain(error, url, context.env)
  }
}

/** Asks a mirror as a step would, in the same places; the archive itself is not read. */
async function reachMirror(url: URL, purpose: string, context: DoctorContext): Promise<Finding> {
  const target = packageTarget(context.ports.machine, context.nameOf('ozPath'))
  if ('problem' in target) return reach(url, purpose, context)
  const wanted = { request: context.request.cli, target, context }
  const missing: string[] = []
  try {
    for (const place of placesOf(wanted)) {
      const status = await ask('GET', place.url, context)
      if (status === 429 || status >= 500) return serverFailure(status)
      if (status === 404 || status === 410) missing.push(shownUrl(place.url))
      else if (status >= 400) return unavailable(refused(place.url, status, wanted))
      else return ok(`${purpose}: has the release (answers ${status})${throughProxy(url, context.env)}`)
    }
    return unavailable(unknownRelease(wanted, missing))
  } catch (error) {
    if (!(error instanceof HttpError)) throw error
    return explain(error, url, context.env)
  }
}

/** The status of one answer, whose content is not our business. */
async function ask(
  method: 'HEAD' | 'GET',
  address: string,
  { ports, env, limit }: DoctorContext,
): Promise<number> {
  const { href, headers } = withoutCredentials(address)
  const response = await ports.http.request({
    method,
    url: href,
    headers,
    env,
    connectTimeout: Math.round(limit * 0.6),
    stallTimeout: Math.round(limit * 0.3),
  })
  await close(response)
  return response.status
}

function serverFailure(status: number): Finding {
  return problem('temporary', `answers ${status}`, 'Wait, and run the step again.')
}

function unavailable({ message, remedy = '' }: RunnerError): Finding {
  return problem('unavailable', message.replace(/\.$/, ''), remedy)
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

export const proxy: Check = {
  id: 'proxy',
  group: 'network',
  title: 'Proxy',
  async run({ env }) {
    const route = routeOf(new URL('https://app.warp.dev'), env)
    switch (route.kind) {
      case 'direct':
        return ok('none in force for app.warp.dev')
      case 'proxy':
        return ok(`${shownUrl(route.url)} (${route.variable})`)
      case 'invalid':
        return problem(
          'unavailable',
          `${route.variable} ${route.problem}`,
          `Set ${route.variable} to a URL such as http://proxy.example.com:3128.`,
        )
    }
  },
}
