import * as http from 'node:http'
import * as https from 'node:https'
import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { HttpError } from '../http/http-error.ts'
import { routeOf } from '../http/proxy.ts'
import type { HttpRequest, HttpResponse } from '../ports.ts'
import { readCertificates } from './certificates.ts'
import { watchStages } from './connect-stage.ts'
import { readBody } from './http-body.ts'
import { toHttpError } from './http-failure.ts'
import { createLimit } from './time-limit.ts'

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
  const agent =
    route.kind === 'direct'
      ? false
      : (await import('./http-agent.ts')).createProxyAgent(url, route.url, { ca, signal })
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
