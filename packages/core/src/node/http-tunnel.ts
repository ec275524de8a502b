import { readFile } from 'node:fs/promises'
import * as http from 'node:http'
import * as https from 'node:https'
import { isIP, type Socket } from 'node:net'
import { connect, getCACertificates, rootCertificates, type TLSSocket } from 'node:tls'
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

/** What a TLS connection trusts beside Node's own certificates. */
export interface TlsTrust {
  readonly ca?: string[]
}

/** The user and the password of a proxy's URL, as the proxy wants them. */
export function proxyHeaders({ username, password }: URL): Record<string, string> {
  if (username === '' && password === '') return {}
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` }
}

/**
 * Asks a proxy for a connection to the target (CONNECT, https://www.rfc-editor.org/rfc/rfc9110#name-connect).
 * Node's own proxy support (`proxyEnv`) would do, but came only with 22.21 and 24.5.
 * Rejects with `HttpError` (`proxy`) where the proxy refuses: its status must not pass for the server's.
 */
export function openTunnel(
  target: URL,
  proxy: URL,
  peer: string,
  options: TlsTrust & { readonly signal: AbortSignal },
): Promise<Socket> {
  const authority = `${target.hostname}:${target.port || 443}`
  const transport = proxy.protocol === 'https:' ? https : http
  return new Promise((resolve, reject) => {
    const call = transport.request(proxy, {
      ...options,
      agent: false,
      method: 'CONNECT',
      path: authority,
      headers: { host: authority, ...proxyHeaders(proxy) },
    })
    call.once('connect', ({ statusCode = 0 }, socket: Socket) => {
      if (statusCode === 200) return resolve(socket)
      socket.destroy()
      reject(HttpError.refusedByProxy(peer, statusCode))
    })
    call.on('error', reject)
    call.end()
  })
}

/** Speaks TLS with the target through a tunnel. */
export function startTls(tunnel: Socket, target: URL, trust: TlsTrust): TLSSocket {
  const host = target.hostname.replace(/^\[|\]$/g, '')
  // A server name (SNI) must be a host name, not an IP address: https://www.rfc-editor.org/rfc/rfc6066#section-3
  return connect({ ...trust, socket: tunnel, host, ...(isIP(host) === 0 ? { servername: host } : {}) })
}
