import type { RunRequest } from '../contract/request.ts'
import type { Environment } from '../ports.ts'

/** A host that a run talks to, and what for. */
export interface NeededHost {
  readonly url: URL
  readonly purpose: string
  /** Whether a step can do without it when the CLI is there already. */
  readonly onlyForDownload: boolean
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
        : { url: mirror, purpose: 'mirror of the CLI', onlyForDownload: true },
    )
  }
  return hosts.filter(({ url }, index) => hosts.findIndex((other) => other.url.host === url.host) === index)
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
