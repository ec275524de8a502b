import { createServer, request as forward, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import type { Duplex } from 'node:stream'

export interface LoopbackProxy extends AsyncDisposable {
  readonly url: string
  /** What passed through: `CONNECT host:port`, `GET http://…`. */
  readonly passed: string[]
}

export interface ProxyOptions {
  /** `user:password` that it asks for. */
  readonly credentials?: string
  /** Status that every request is refused with. */
  readonly refuse?: number
  /** Names that it knows, as `host:port` → `host:port`. */
  readonly names?: Readonly<Record<string, string>>
}

/** A real forward proxy on loopback: whole URLs for http, CONNECT for https. */
export async function startProxy(options: ProxyOptions = {}): Promise<LoopbackProxy> {
  const passed: string[] = []
  const tunnels = new Set<Duplex>()
  const refusal = (request: IncomingMessage) => {
    if (options.refuse !== undefined) return options.refuse
    if (options.credentials === undefined) return undefined
    const wanted = `Basic ${Buffer.from(options.credentials).toString('base64')}`
    return request.headers['proxy-authorization'] === wanted ? undefined : 407
  }
  const server = createServer((request, response) => {
    passed.push(`${request.method} ${request.url}`)
    const status = refusal(request)
    if (status !== undefined) {
      response.writeHead(status).end()
      return
    }
    const target = new URL(request.url ?? '')
    const [host, port] = (options.names?.[target.host] ?? `${target.hostname}:${target.port || 80}`).split(
      ':',
    )
    const onward = {
      host,
      port,
      path: target.pathname + target.search,
      method: request.method,
      headers: request.headers,
    }
    const call = forward(onward, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    call.on('error', () => response.destroy())
    request.pipe(call)
  })
  server.on('connect', (request, socket) => {
    passed.push(`CONNECT ${request.url}`)
    const status = refusal(request)
    if (status !== undefined) {
      socket.end(`HTTP/1.1 ${status} Refused\r\nContent-Length: 0\r\n\r\n`)
      return
    }
    tunnels.add(socket)
    const [host, port] = (options.names?.[request.url ?? ''] ?? request.url ?? '').split(':')
    const onward = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      onward.pipe(socket)
      socket.pipe(onward)
    })
    onward.on('error', () => socket.destroy())
    socket.on('error', () => onward.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    passed,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      for (const tunnel of tunnels) tunnel.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
