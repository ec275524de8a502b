import type { IncomingMessage } from 'node:http'
import * as http from 'node:http'
import * as https from 'node:https'
import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { HttpError, type HttpFailure, routeOf } from '../http/http.ts'
import type { HttpRequest, HttpResponse } from '../ports.ts'
import { createLimit, createProxyAgent, readCertificates, watchStages } from './http-connection.ts'

const CONNECT = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'EADDRNOTAVAIL',
  'ENETDOWN',
])
const RESET = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED'])
const NAME = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA'])
/** Node's names of OpenSSL's verification results: https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const TLS =
  /^(ERR_SSL|ERR_TLS|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|INVALID_|CRL_|HOSTNAME_MISMATCH|EPROTO)/

/** The stage at which a request failed, from the system's or Node's error code. */
export function failureOf(code: string): HttpFailure {
  if (NAME.has(code)) return 'name'
  if (CONNECT.has(code)) return 'connect'
  if (RESET.has(code)) return 'reset'
  if (TLS.test(code)) return 'tls'
  return code.startsWith('HPE_') ? 'protocol' : 'reset'
}

/** Turns whatever a request threw into an `HttpError` whose sentence names the other end. */
export function toHttpError(thrown: unknown, peer: string): HttpError {
  if (thrown instanceof HttpError) return thrown
  // Several addresses of one name that all failed come as one error without a text of its own.
  const error = thrown instanceof AggregateError ? (thrown.errors[0] ?? thrown) : thrown
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
  const failure = failureOf(code)
  return new HttpError(failure, sentence(failure, peer, code, error), { cause: thrown })
}

function sentence(failure: HttpFailure, peer: string, code: string, error: unknown): string {
  const detail = error instanceof Error ? error.message : String(error)
  switch (failure) {
    case 'name':
      return `The name of ${peer} has no address (${code}).`
    case 'connect':
      return `${peer} takes no connection (${code}).`
    case 'tls':
      return `${peer} has no certificate that is trusted here, or speaks another TLS (${code}: ${detail}).`
    case 'protocol':
      return `${peer} did not answer in HTTP (${code}).`
    default:
      return `The connection to ${peer} broke off (${code || detail}).`
  }
}

const CONNECT_TIMEOUT = 15_000
const STALL_TIMEOUT = 30_000

/** One request on a connection of its own. See `Http` for what it promises. */
export async function request(order: HttpRequest): Promise<HttpResponse> {
  const url = new URL(order.url)
  const route = routeOf(url, order.env)
  if (route.kind === 'invalid') throw new HttpError('proxy', `${route.variable} ${route.problem}.`)
  const peer =
    route.kind === 'proxy'
      ? `${url.host} (through the proxy ${route.url.host} of ${route.variable})`
      : url.host
  const { ca, problems } =
    url.protocol === 'https:' ? await readCertificates(order.env) : { ca: undefined, problems: [] }
  const late = new AbortController()
  const signal = AbortSignal.any([late.signal, ...(order.signal === undefined ? [] : [order.signal])])
  const agent = route.kind === 'direct' ? false : createProxyAgent(url, route.url, { ca, signal })
  try {
    return await send(order, url, peer, { agent, signal, ...(ca === undefined ? {} : { ca }) }, () =>
      late.abort(),
    )
  } catch (error) {
    const failure = toHttpError(error, peer)
    if (failure.failure !== 'tls' || problems.length === 0) throw failure
    throw new HttpError('tls', `${failure.message} ${problems.join('; ')}.`, { cause: error })
  }
}

function send(
  order: HttpRequest,
  url: URL,
  peer: string,
  connection: https.RequestOptions,
  giveUp: () => void,
): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    const transport = url.protocol === 'https:' ? https : http
    const call = transport.request(url, {
      ...connection,
      method: order.method ?? 'GET',
      headers: { 'user-agent': 'oz-agent-action', ...order.headers },
    })
    const connectSeconds = (order.connectTimeout ?? CONNECT_TIMEOUT) / 1000
    const stallSeconds = (order.stallTimeout ?? STALL_TIMEOUT) / 1000
    const stuck = watchStages(call, url, peer, connection.agent !== false)
    const connecting = createLimit(connectSeconds * 1000, () => {
      reject(stuck(connectSeconds))
      giveUp()
    })
    const stalling = createLimit(stallSeconds * 1000, () => {
      call.destroy(new HttpError('stall', `${peer} sent nothing for ${stallSeconds} s.`))
    })
    const settle = () => {
      connecting.stop()
      stalling.stop()
    }
    connecting.start()
    call.on('socket', (socket) =>
      whenConnected(socket, () => {
        connecting.stop()
        stalling.start()
      }),
    )
    // A proxy that refuses CONNECT answers in place of the server; its status must not pass for the server's.
    // Without CONNECT there is no status of its own.
    call.on('proxyConnect', ({ statusCode = 200 }: { statusCode?: number }) => {
      if (statusCode !== 200) call.destroy(refusedByProxy(peer, statusCode))
    })
    call.on('error', (error) => {
      settle()
      reject(
        order.signal?.aborted
          ? new HttpError('aborted', `The request to ${peer} was given up.`, { cause: error })
          : error,
      )
    })
    call.on('response', (message) => {
      settle()
      if (message.statusCode === 407) {
        message.destroy()
        reject(refusedByProxy(peer, 407))
        return
      }
      resolve({
        status: message.statusCode ?? 0,
        headers: headersOf(message),
        body: readBody(message, { peer, stallSeconds, signal: order.signal }),
      })
    })
    call.end(order.body)
  })
}

function refusedByProxy(peer: string, status: number): HttpError {
  return new HttpError('proxy', `The proxy refused to connect to ${peer}: it answered ${status}.`, { status })
}

/** Calls back when bytes can flow: after TLS where there is TLS. */
function whenConnected(socket: Socket, callback: () => void): void {
  const secured = socket instanceof TLSSocket
  const ready = secured ? socket.getProtocol() !== null && !socket.connecting : !socket.connecting
  if (ready) callback()
  else socket.once(secured ? 'secureConnect' : 'connect', callback)
}

function headersOf(message: http.IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return headers
}

export interface BodyTerms {
  /** The other end, for messages. */
  readonly peer: string
  readonly stallSeconds: number
  readonly signal: AbortSignal | undefined
}

/** The bytes of an answer. The stall limit runs only while we wait for bytes: a slow reader is no stall. */
export function readBody(message: IncomingMessage, terms: BodyTerms): AsyncIterableIterator<Uint8Array> {
  const chunks: AsyncIterator<Uint8Array> = message[Symbol.asyncIterator]()
  // An answer that is left unread may still break; that is nobody's concern.
  message.on('error', () => undefined)
  const stalling = createLimit(terms.stallSeconds * 1000, () => {
    message.destroy(new HttpError('stall', `${terms.peer} sent nothing for ${terms.stallSeconds} s.`))
  })
  return {
    [Symbol.asyncIterator]() {
      return this
    },
    async next() {
      stalling.start()
      try {
        const chunk = await chunks.next()
        return chunk.done ? { done: true, value: undefined } : chunk
      } catch (error) {
        if (!terms.signal?.aborted) throw toHttpError(error, terms.peer)
        throw new HttpError('aborted', `The request to ${terms.peer} was given up.`, { cause: error })
      } finally {
        stalling.stop()
      }
    },
    // A generator would not get here when nothing was read yet, and the connection would stay.
    async return() {
      message.destroy()
      return { done: true, value: undefined }
    },
  }
}
