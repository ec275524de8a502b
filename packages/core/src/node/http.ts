import * as http from 'node:http'
import * as https from 'node:https'
import { isIP, type Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { HttpError, routeOf } from '../http/http.ts'
import type { HttpRequest, HttpResponse } from '../ports.ts'
import { type Stage, timeoutAt, toHttpError } from './http-errors.ts'
import { openTunnel, proxyHeaders, readCertificates, startTls, type TlsTrust } from './http-tunnel.ts'

// This stands on Node's own HTTP, not on undici. With undici (8.12), a connection that does not come about is one error
// for name, connection and TLS; the status with which a proxy refuses stands only in the text of an error; and a request
// that is given up leaves its connection to a silent proxy open. It would also add 780 kB to each bundle.

const CONNECT_TIMEOUT = 15_000
const STALL_TIMEOUT = 30_000

/** One request on a connection of its own. See `Http` for what it promises. */
export async function request(asked: HttpRequest): Promise<HttpResponse> {
  const url = new URL(asked.url)
  const route = routeOf(url, asked.env)
  if (route.kind === 'invalid') throw new HttpError('proxy', `${route.variable} ${route.problem}.`)
  const proxy = route.kind === 'proxy' ? route.url : undefined
  const secure = url.protocol === 'https:'
  const peer =
    route.kind === 'proxy'
      ? `${url.host} (through the proxy ${route.url.host} of ${route.variable})`
      : url.host
  const { ca, problems } =
    secure || proxy?.protocol === 'https:'
      ? await readCertificates(asked.env)
      : { ca: undefined, problems: [] }

  const { connectTimeout = CONNECT_TIMEOUT, stallTimeout = STALL_TIMEOUT } = asked
  const late = new AbortController()
  const signal = AbortSignal.any([late.signal, ...(asked.signal === undefined ? [] : [asked.signal])])
  let stage: Stage = firstStage(url, proxy)
  const connecting = createLimit(connectTimeout, () => late.abort(timeoutAt(stage, peer, connectTimeout)))
  const stalling = createLimit(stallTimeout, () => late.abort(stalled(peer, stallTimeout)))
  connecting.start()
  try {
    const trust = ca === undefined ? {} : { ca }
    const tunnel =
      proxy !== undefined && secure ? await openTunnel(url, proxy, peer, { ...trust, signal }) : undefined
    const call = startRequest(asked, { url, proxy, tunnel, trust, signal })
    call.on('socket', (socket) => {
      if (proxy === undefined) {
        socket.once('lookup', (error: Error | null) => {
          if (error === null) stage = 'connect'
        })
        socket.once('connect', () => {
          if (secure) stage = 'tls'
        })
      }
      if (tunnel !== undefined) stage = 'tls'
      whenConnected(socket, () => {
        connecting.stop()
        stalling.start()
      })
    })
    const answer = await answerTo(call, asked.body)
    if (answer.statusCode === 407) {
      answer.destroy()
      throw HttpError.refusedByProxy(peer, 407)
    }
    return {
      status: answer.statusCode ?? 0,
      headers: headersOf(answer),
      body: readBody(answer, { peer, stallTimeout, signal: asked.signal }),
    }
  } catch (error) {
    if (asked.signal?.aborted) throw givenUp(peer, error)
    const failure = late.signal.aborted ? (late.signal.reason as HttpError) : toHttpError(error, peer)
    if (failure.failure !== 'tls' || problems.length === 0) throw failure
    throw new HttpError('tls', `${failure.message} ${problems.join('; ')}.`, { cause: error })
  } finally {
    connecting.stop()
    stalling.stop()
  }
}

interface Way {
  readonly url: URL
  readonly proxy: URL | undefined
  /** To the server, where it is reached through a proxy and by TLS. */
  readonly tunnel: Socket | undefined
  readonly trust: TlsTrust
  readonly signal: AbortSignal
}

function startRequest(asked: HttpRequest, { url, proxy, tunnel, trust, signal }: Way): http.ClientRequest {
  const headers = { 'user-agent': 'oz-agent-action', ...asked.headers }
  const options = { method: asked.method ?? 'GET', signal, ...trust }
  if (tunnel !== undefined) {
    return https.request(url, { ...options, headers, createConnection: () => startTls(tunnel, url, trust) })
  }
  if (proxy === undefined) return transportOf(url).request(url, { ...options, headers, agent: false })
  // A proxy takes plain requests with the whole URL: https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2
  return transportOf(proxy).request(proxy, {
    ...options,
    agent: false,
    path: url.href,
    headers: { host: url.host, ...proxyHeaders(proxy), ...headers },
  })
}

function firstStage(url: URL, proxy: URL | undefined): Stage {
  if (proxy !== undefined) return 'proxy'
  return isIP(url.hostname.replace(/^\[|\]$/g, '')) === 0 ? 'name' : 'connect'
}

const transportOf = ({ protocol }: URL) => (protocol === 'https:' ? https : http)

const stalled = (peer: string, milliseconds: number) =>
  new HttpError('stall', `${peer} sent nothing for ${milliseconds / 1000} s.`)

const givenUp = (peer: string, cause: unknown) =>
  new HttpError('aborted', `The request to ${peer} was given up.`, { cause })

function answerTo(call: http.ClientRequest, body: HttpRequest['body']): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    call.on('error', reject)
    call.on('response', resolve)
    call.end(body)
  })
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

interface BodyOptions {
  /** The other end, for messages. */
  readonly peer: string
  /** In milliseconds. */
  readonly stallTimeout: number
  readonly signal: AbortSignal | undefined
}

/** The bytes of an answer. The stall limit runs only while we wait for bytes: a slow reader is no stall. */
function readBody(
  message: http.IncomingMessage,
  { peer, stallTimeout, signal }: BodyOptions,
): AsyncIterableIterator<Uint8Array> {
  const chunks: AsyncIterator<Uint8Array> = message[Symbol.asyncIterator]()
  // An answer that is left unread may still break; that is nobody's concern.
  message.on('error', () => undefined)
  const stalling = createLimit(stallTimeout, () => message.destroy(stalled(peer, stallTimeout)))
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
        throw signal?.aborted ? givenUp(peer, error) : toHttpError(error, peer)
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

/** A timer that can be started again and again: calls back when `stop` does not come in time (ms) after `start`. */
function createLimit(milliseconds: number, onPassed: () => void) {
  let timer: NodeJS.Timeout | undefined
  const stop = () => clearTimeout(timer)
  return {
    start() {
      stop()
      timer = setTimeout(onPassed, milliseconds)
    },
    stop,
  }
}
