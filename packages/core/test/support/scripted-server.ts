import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** How a server answers one request. */
export interface Reply {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string | number>>
  readonly body?: string | Uint8Array
  /** What comes after the body: an orderly end, a broken connection, or nothing at all. */
  readonly after?: 'end' | 'reset' | 'stall'
  /** Into how many pieces the body is cut; one if not given. */
  readonly pieces?: number
  /** Milliseconds between them. */
  readonly pace?: number
}

export interface ScriptedServer extends AsyncDisposable {
  readonly url: string
  /** Every request, as `METHOD /path?query`. */
  readonly requests: string[]
}

/** Answers of a path, one a request; the last one repeats. Any other path is 404. */
export type Script = (baseUrl: string) => Readonly<Record<string, readonly Reply[]>>

/** A real HTTP server on loopback that misbehaves as it is told. */
export async function startScriptedServer(script: Script): Promise<ScriptedServer> {
  const requests: string[] = []
  const counts = new Map<string, number>()
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`)
    const path = new URL(request.url ?? '/', 'http://loopback').pathname
    const replies = script(url)[path] ?? [{ status: 404, body: 'nothing here' }]
    const count = counts.get(path) ?? 0
    counts.set(path, count + 1)
    const reply = replies[Math.min(count, replies.length - 1)] ?? {}
    void play(reply, request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function play(reply: Reply, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = Buffer.from(reply.body ?? '')
  response.on('error', () => undefined)
  if (
    reply.after !== undefined &&
    reply.after !== 'end' &&
    reply.body === undefined &&
    reply.status === undefined
  ) {
    if (reply.after === 'reset') request.socket.resetAndDestroy()
    return
  }
  response.writeHead(reply.status ?? 200, reply.headers)
  const { pieces = 1 } = reply
  const size = Math.ceil(body.length / pieces)
  for (let start = 0; start < body.length; start += size) {
    if (start > 0) await new Promise((resolve) => setTimeout(resolve, reply.pace))
    response.write(body.subarray(start, start + size))
  }
  if (reply.after === 'stall') return
  if (reply.after === 'reset') {
    // Only once the bytes left, or the client sees nothing of them.
    setImmediate(() => request.socket.destroy())
  } else response.end()
}
