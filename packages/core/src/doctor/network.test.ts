import { once } from 'node:events'
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { HttpError, type HttpFailure } from '../http/http.ts'
import { request } from '../node/http.ts'
import type { Environment, Http, HttpResponse } from '../ports.ts'
import { fakeDoctorContext } from '../testing/fake-doctor-context.ts'
import { hostCheck, neededHosts } from './network.ts'

const app = hostCheck({ url: new URL('https://app.warp.dev'), purpose: 'API', onlyForDownload: false })
const releases = hostCheck({
  url: new URL('https://releases.warp.dev'),
  purpose: 'download',
  onlyForDownload: true,
})

async function* nothing(): AsyncGenerator<Uint8Array> {}
const answering = (status: number): Http => ({
  request: async (): Promise<HttpResponse> => ({ status, headers: {}, body: nothing() }),
})
const failing = (failure: HttpFailure, status?: number): Http => ({
  request: () => Promise.reject(new HttpError(failure, 'It failed.', status === undefined ? {} : { status })),
})
const PROXY = { HTTPS_PROXY: 'http://proxy.example.com:3128' }

describe('what was found out', () => {
  const ROWS: Record<
    string,
    [Http, Environment, status: string, code: string | undefined, repair: RegExp | undefined]
  > = {
    'any answer is good': [answering(200), {}, 'ok', undefined, undefined],
    'a refusal is an answer too': [answering(404), {}, 'ok', undefined, undefined],
    'a fault of the server': [answering(503), {}, 'problem', 'temporary', /Wait/],
    'a name that is not known': [failing('name'), {}, 'problem', 'temporary', /look up app\.warp\.dev/],
    "a proxy's name that is not known": [
      failing('name'),
      PROXY,
      'problem',
      'temporary',
      /name in HTTPS_PROXY/,
    ],
    'no connection': [
      failing('connect'),
      {},
      'problem',
      'temporary',
      /outbound connections to app\.warp\.dev on port 443/,
    ],
    'no connection to the proxy': [
      failing('connect'),
      PROXY,
      'problem',
      'temporary',
      /Start the proxy that HTTPS_PROXY names/,
    ],
    'a proxy that wants a password': [
      failing('proxy', 407),
      PROXY,
      'problem',
      'not-permitted',
      /user and password/,
    ],
    'a proxy that forbids the host': [
      failing('proxy', 403),
      PROXY,
      'problem',
      'not-permitted',
      /allow app\.warp\.dev/,
    ],
    'a proxy that fails': [failing('proxy', 502), PROXY, 'problem', 'temporary', /NO_PROXY/],
    'a proxy that hangs': [failing('proxy'), PROXY, 'problem', 'temporary', /NO_PROXY/],
    'a certificate that is not trusted': [
      failing('tls'),
      {},
      'problem',
      'unavailable',
      /NODE_EXTRA_CA_CERTS/,
    ],
    'a broken connection': [failing('reset'), {}, 'problem', 'temporary', /firewall/],
    'no answer': [failing('stall'), {}, 'problem', 'temporary', /firewall/],
  }
  test.each(Object.entries(ROWS))('%s', async (_, [http, env, status, code, repair]) => {
    const finding = await app.run(fakeDoctorContext({ env, ports: { http } }))
    expect(finding.status).toBe(status)
    expect('code' in finding ? finding.code : undefined).toBe(code)
    if (repair !== undefined) expect('repair' in finding ? finding.repair : '').toMatch(repair)
  })

  test('a download host matters less where a CLI is installed', async () => {
    const found = fakeDoctorContext({ ports: { http: failing('name') } })
    expect(await releases.run(found)).toMatchObject({ status: 'warning' })
    const absent = fakeDoctorContext({
      ports: { http: failing('name') },
      cli: async () => ({ kind: 'absent', why: 'none' }),
    })
    expect(await releases.run(absent)).toMatchObject({ status: 'problem', code: 'temporary' })
  })
})

describe('a mirror of the CLI', () => {
  const MIRROR = 'https://user:secret@mirror.example.com/warp'
  const TAG = 'v0.2026.08.19.08.14.stable_01'
  const SERVICE =
    'https://mirror.example.com/warp/download/cli?os=linux&arch=x86_64&package=tar&channel=stable'
  const FILE = `https://mirror.example.com/warp/stable/${TAG}/cli/linux/x86_64/warp-stable-linux-x86_64.tar.gz`

  const ROWS: Record<
    string,
    [version: string, statuses: Record<string, number>, status: string, summary: RegExp, repair?: RegExp]
  > = {
    'one that has the release is ok': ['latest', { [SERVICE]: 302 }, 'ok', /has the release \(answers 302\)/],
    'one that answers 404 is not ok': [
      'latest',
      {},
      'problem',
      /^There is no latest release .*: https:\/\/mirror\.example\.com\/warp\/download\/cli answered 404$/,
      /pin oz_version to one that it holds/,
    ],
    'one that serves files has a pinned release': [TAG, { [FILE]: 200 }, 'ok', /has the release/],
    'one that lacks the pinned release is not ok': [TAG, {}, 'problem', /answered 404$/, /check oz_version/i],
    'one that asks who we are is not ok': [
      'latest',
      { [SERVICE]: 401 },
      'problem',
      /answered 401$/,
      /credentials of a mirror/,
    ],
    'one that is broken is not ok': ['latest', { [SERVICE]: 503 }, 'problem', /^answers 503$/, /Wait/],
  }
  test.each(Object.entries(ROWS))('%s', async (_, [version, statuses, status, summary, repair = /^$/]) => {
    const http: Http = {
      request: async ({ url, headers }) => {
        expect(headers?.authorization).toBe(`Basic ${btoa('user:secret')}`)
        return { status: statuses[url] ?? 404, headers: {}, body: nothing() }
      },
    }
    const context = fakeDoctorContext({
      inputs: { oz_download_url: MIRROR, oz_version: version },
      ports: { http },
      cli: async () => ({ kind: 'absent', why: 'none' }),
    })
    const mirror = neededHosts(context.request, {}).find(({ isMirror }) => isMirror)
    if (mirror === undefined) throw new Error('the mirror is not among the hosts')
    const finding = await hostCheck(mirror).run(context)
    expect(finding.status).toBe(status)
    expect(finding.summary).toMatch(summary)
    expect(finding.summary).not.toContain('secret')
    expect('repair' in finding ? finding.repair : '').toMatch(repair)
  })
})

describe('over real connections', () => {
  const sockets = new Set<Socket>()
  let silent: Server
  let refusing: HttpServer
  const portOf = (server: Server) => (server.address() as AddressInfo).port
  const proxied = (server: Server) => ({ HTTPS_PROXY: `http://127.0.0.1:${portOf(server)}` })

  beforeAll(async () => {
    silent = createServer((socket) => {
      sockets.add(socket.on('error', () => {}))
    }).listen(0, '127.0.0.1')
    refusing = createHttpServer().on('connect', (_, socket) => {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n')
    })
    refusing.listen(0, '127.0.0.1')
    await Promise.all([once(silent, 'listening'), once(refusing, 'listening')])
  })

  afterAll(() => {
    for (const socket of sockets) socket.destroy()
    silent.close()
    refusing.close()
  })

  /** @param limit for those who wait for it; whoever is answered has all the time that a busy machine may take. */
  const check = (env: Environment, url = 'https://app.warp.dev', limit = 400) =>
    hostCheck({ url: new URL(url), purpose: 'API', onlyForDownload: false }).run(
      fakeDoctorContext({ env, limit, ports: { http: { request } } }),
    )

  test('a proxy that wants a password is told', async () => {
    expect(await check(proxied(refusing), 'https://app.warp.dev', 60_000)).toMatchObject({
      code: 'not-permitted',
      summary: expect.stringContaining('407'),
    })
  })

  test('a proxy that never answers is told in time', async () => {
    expect(await check(proxied(silent))).toMatchObject({
      code: 'temporary',
      summary: expect.stringMatching(
        /^proxy: No connection to app\.warp\.dev \(through the proxy 127\.0\.0\.1/,
      ),
    })
  })

  test('a host that takes connections and says nothing hangs in TLS', async () => {
    expect(await check({}, `https://127.0.0.1:${portOf(silent)}`)).toMatchObject({
      code: 'unavailable',
      summary: expect.stringMatching(/^TLS: /),
    })
  })
})
