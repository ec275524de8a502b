import { readFile } from 'node:fs/promises'
import type { Agent, ClientRequest } from 'node:http'
import { isIP, type Socket } from 'node:net'
import { getCACertificates, rootCertificates, TLSSocket } from 'node:tls'
import { HttpProxyAgent } from 'http-proxy-agent'
import { HttpsProxyAgent } from 'https-proxy-agent'
import { HttpError } from '../http/http.ts'
import type { Environment } from '../ports.ts'

const VARIABLES = ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE'] as const

export interface Certificates {
  /** What to trust; undefined leaves it to Node. */
  readonly ca: string[] | undefined
  /** Files that were named and could not be used: harmless until a handshake fails. */
  readonly problems: readonly string[]
}

/**
 * The certificates that the job's environment adds to those that Node trusts anyway.
 * Node reads the first variable itself, but only from the environment that it was started with, and never the second.
 */
export async function readCertificates(env: Environment): Promise<Certificates> {
  const extra: string[] = []
  const problems: string[] = []
  for (const variable of VARIABLES) {
    const path = env[variable]
    if (!path) continue
    try {
      const text = await readFile(path, 'utf8')
      if (text.includes('-----BEGIN CERTIFICATE-----')) extra.push(text)
      else problems.push(`${variable} names ${path}, which holds no PEM certificate`)
    } catch {
      problems.push(`${variable} names ${path}, which cannot be read`)
    }
  }
  // getCACertificates came with Node 22.15; it knows --use-system-ca and the like.
  const trusted = () =>
    typeof getCACertificates === 'function' ? getCACertificates('default') : rootCertificates
  return { ca: extra.length === 0 ? undefined : [...trusted(), ...extra], problems }
}

/**
 * Watches how far a request gets on its way to a connection. The returned function says, once the time for that is up,
 * which stage it hangs in: the name, the proxy, the connection, or TLS.
 */
export function watchStages(call: ClientRequest, url: URL, peer: string, proxied: boolean) {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  let stage: 'name' | 'connect' | 'tls' | 'proxy' = isIP(host) === 0 ? 'name' : 'connect'
  // Behind a proxy there is a socket only once the proxy has let us through.
  if (proxied) stage = 'proxy'
  call.on('socket', (socket: Socket) => {
    if (proxied) {
      stage = 'tls'
      return
    }
    socket.once('lookup', (error: Error | null) => {
      if (error === null) stage = 'connect'
    })
    socket.once('connect', () => {
      stage = socket instanceof TLSSocket ? 'tls' : 'connect'
    })
  })
  return (seconds: number): HttpError => {
    switch (stage) {
      case 'name':
        return new HttpError('name', `The name of ${peer} was not looked up within ${seconds} s.`)
      case 'proxy':
        return new HttpError('proxy', `No connection to ${peer} came about within ${seconds} s.`)
      case 'connect':
        return new HttpError('connect', `${peer} took no connection within ${seconds} s.`)
      case 'tls':
        return new HttpError(
          'tls',
          `${peer} took the connection and did not answer in TLS within ${seconds} s.`,
        )
    }
  }
}

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

/** A timer that can be started again and again. */
export interface TimeLimit {
  start(): void
  stop(): void
}

/** Calls back when `stop` does not come in time after `start`. */
export function createLimit(milliseconds: number, onPassed: () => void): TimeLimit {
  let timer: NodeJS.Timeout | undefined
  const stop = () => {
    clearTimeout(timer)
    timer = undefined
  }
  return {
    start() {
      stop()
      timer = setTimeout(onPassed, milliseconds)
    },
    stop,
  }
}
