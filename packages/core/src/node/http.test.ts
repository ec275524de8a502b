import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { HttpError } from '../http/http.ts'
import type { Environment } from '../ports.ts'
import { request } from './http.ts'

const http = { request }
const open = new Set<Socket>()
let silent: Server
let port = 0

beforeAll(async () => {
  silent = createServer((socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    socket.on('error', () => {})
  }).listen(0, '127.0.0.1')
  await once(silent, 'listening')
  port = (silent.address() as AddressInfo).port
})

afterAll(() => {
  for (const socket of open) socket.destroy()
  silent.close()
})

const ROWS: Record<string, () => [url: string, env: Environment, failure: string]> = {
  'TLS that is never answered': () => [`https://127.0.0.1:${port}`, {}, 'tls'],
  'TLS that is never answered, by name': () => [`https://localhost:${port}`, {}, 'tls'],
  'a proxy that never answers': () => [
    'https://host.invalid',
    { HTTPS_PROXY: `http://127.0.0.1:${port}` },
    'proxy',
  ],
  'an answer that never comes': () => [`http://127.0.0.1:${port}`, {}, 'stall'],
  'a port that nobody listens on': () => ['https://127.0.0.1:1', {}, 'connect'],
  'a proxy that nobody listens on': () => [
    'https://host.invalid',
    { HTTPS_PROXY: 'http://127.0.0.1:1' },
    'connect',
  ],
}

test.each(Object.entries(ROWS))('%s', async (_, row) => {
  const [url, env, failure] = row()
  const error = await http.request({ url, env, connectTimeout: 150, stallTimeout: 150 }).catch((e) => e)
  expect(error).toBeInstanceOf(HttpError)
  expect(error.failure).toBe(failure)
})

test('a request that is given up leaves no connection to a silent proxy', async () => {
  const stop = new AbortController()
  const env = { HTTPS_PROXY: `http://127.0.0.1:${port}` }
  const connected = once(silent, 'connection') as Promise<[Socket]>
  const request = http.request({ url: 'https://host.invalid', env, signal: stop.signal }).catch((e) => e)
  const [socket] = await connected
  stop.abort()
  expect((await request).failure).toBe('aborted')
  if (!socket.destroyed) await once(socket, 'close')
  expect(open.has(socket)).toBe(false)
})
