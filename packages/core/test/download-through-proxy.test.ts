import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { execa } from 'execa'
import { describe, expect, test } from 'vitest'
import { RunnerError } from '../src/errors.ts'
import { findCli } from '../src/install/resolve.ts'
import type { Environment } from '../src/ports.ts'
import { archiveOf, releaseTree, VERSION } from './support/cli-archive.ts'
import { type CliBench, createCliBench, LATEST } from './support/cli-bench.ts'
import { startProxy } from './support/loopback-proxy.ts'
import { startScriptedServer } from './support/scripted-server.ts'

const FILE = `/stable/${VERSION}/cli/linux/x86_64/warp-stable-linux-x86_64.tar.gz`
const body = await archiveOf(releaseTree())
const SUM = createHash('sha256').update(body).digest('hex')
const MIRROR = 'mirror.example.com'

const startMirror = () =>
  startScriptedServer(() => ({
    '/download/cli': [{ status: 302, headers: { location: FILE } }],
    [FILE]: [{ body }],
  }))

const find = (bench: CliBench, downloadUrl: string, env: Environment) =>
  findCli({ ...LATEST, downloadUrl }, { ...bench.context, env: { ...bench.context.env, ...env } })

const failureOf = (run: Promise<unknown>): Promise<RunnerError> =>
  run.then(
    () => Promise.reject(new Error('nothing failed')),
    (error) => (error instanceof RunnerError ? error : Promise.reject(error)),
  )

describe('a plain mirror behind a proxy', () => {
  test.each(['HTTP_PROXY', 'http_proxy', 'ALL_PROXY'])(
    'is reached by %s, for every request',
    async (variable) => {
      await using mirror = await startMirror()
      await using proxy = await startProxy({ names: { [MIRROR]: mirror.url.slice(7) } })
      await using bench = await createCliBench()
      expect((await find(bench, `http://${MIRROR}`, { [variable]: proxy.url })).source).toBe('download')
      expect(proxy.passed).toEqual([
        `GET http://${MIRROR}/download/cli?os=linux&arch=x86_64&package=tar&channel=stable`,
        `GET http://${MIRROR}${FILE}`,
      ])
    },
  )

  test.each([
    { name: 'is warned of', sha256: undefined, warnings: 1 },
    { name: 'needs no warning where its sum is pinned', sha256: SUM, warnings: 0 },
  ])('$name', async ({ sha256, warnings }) => {
    await using mirror = await startMirror()
    await using proxy = await startProxy({ names: { [MIRROR]: mirror.url.slice(7) } })
    await using bench = await createCliBench()
    const context = { ...bench.context, env: { ...bench.context.env, HTTP_PROXY: proxy.url } }
    await findCli({ ...LATEST, downloadUrl: `http://${MIRROR}`, sha256 }, context)
    const said = bench.said.filter((line) => line.startsWith('warning:'))
    expect(said).toEqual(
      Array(warnings).fill(
        `warning: The CLI comes from http://${MIRROR}${FILE} by plain http, where it can be changed on its way: use https, or give its SHA-256 in oz_sha256.`,
      ),
    )
  })

  test('is reached directly where NO_PROXY names it', async () => {
    await using mirror = await startMirror()
    await using proxy = await startProxy({ refuse: 500 })
    await using bench = await createCliBench()
    await find(bench, mirror.url, { HTTP_PROXY: proxy.url, NO_PROXY: 'localhost,127.0.0.0/8' })
    expect(proxy.passed).toEqual([])
  })
})

describe('a mirror with a private certificate behind a proxy', async () => {
  const secure = await startSecureMirror()

  test.each(['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE'])(
    'is trusted by %s and reached by CONNECT',
    async (variable) => {
      await using bench = await createCliBench()
      await using proxy = await startProxy({ names: { [`${MIRROR}:443`]: secure.host } })
      const certificate = join(bench.folder, 'ca.pem')
      await writeFile(certificate, secure.certificate)
      const env = { HTTPS_PROXY: proxy.url, [variable]: certificate }
      expect((await find(bench, `https://${MIRROR}`, env)).source).toBe('download')
      expect(proxy.passed).toEqual([`CONNECT ${MIRROR}:443`, `CONNECT ${MIRROR}:443`])
    },
  )

  test('is refused without it, with the way out', async () => {
    await using bench = await createCliBench()
    await using proxy = await startProxy({ names: { [`${MIRROR}:443`]: secure.host } })
    const env = { HTTPS_PROXY: proxy.url, NODE_EXTRA_CA_CERTS: '/none/ca.pem' }
    const error = await failureOf(find(bench, `https://${MIRROR}`, env))
    expect(error.code).toBe('unavailable')
    expect(error.message).toMatch(
      /^mirror\.example\.com \(through the proxy .*\) has no certificate that is trusted here/,
    )
    expect(error.message).toMatch(/NODE_EXTRA_CA_CERTS names \/none\/ca\.pem, which cannot be read\.$/)
    expect(error.remedy).toMatch(/PEM file in NODE_EXTRA_CA_CERTS/)
    expect(proxy.passed).toHaveLength(1)
  })
})

describe('a proxy that does not let us through', () => {
  test.each([
    {
      name: 'wants credentials',
      options: { credentials: 'ci:secret' },
      code: 'unavailable',
      message: /answered 407\.$/,
      remedy: /user and password/,
      tries: 1,
    },
    {
      name: 'forbids the host',
      options: { refuse: 403 },
      code: 'unavailable',
      message: /answered 403\.$/,
      remedy: /what the proxy allows/,
      tries: 1,
    },
    {
      name: 'cannot reach the host',
      options: { refuse: 503 },
      code: 'temporary',
      message: /answered 503\.$/,
      remedy: /Check the proxy/,
      tries: 4,
    },
  ])('$name', async ({ options, code, message, remedy, tries }) => {
    await using bench = await createCliBench()
    await using proxy = await startProxy(options)
    const error = await failureOf(find(bench, `https://${MIRROR}`, { HTTPS_PROXY: proxy.url }))
    expect(error).toMatchObject({
      code,
      message: expect.stringMatching(message),
      remedy: expect.stringMatching(remedy),
    })
    expect(error.message).toMatch(/^The proxy refused to connect to mirror\.example\.com/)
    expect(proxy.passed).toHaveLength(tries)
  })

  test('takes the credentials of its variable, which no message shows', async () => {
    await using mirror = await startMirror()
    await using bench = await createCliBench()
    await using proxy = await startProxy({
      credentials: 'ci:s ecret',
      names: { [MIRROR]: mirror.url.slice(7) },
    })
    const env = { HTTP_PROXY: proxy.url.replace('//', '//ci:s%20ecret@') }
    expect((await find(bench, `http://${MIRROR}`, env)).source).toBe('download')
    expect(bench.said.join('\n')).not.toContain('ecret')
  })

  test.each([
    {
      name: 'is a SOCKS proxy',
      value: 'socks5://127.0.0.1:1',
      message: 'HTTPS_PROXY names a socks5 proxy; only http and https ones are supported.',
    },
    {
      name: 'is not there',
      value: 'http://127.0.0.1:9',
      message: `${MIRROR} (through the proxy 127.0.0.1:9 of HTTPS_PROXY) takes no connection (ECONNREFUSED).`,
    },
  ])('$name', async ({ value, message }) => {
    await using bench = await createCliBench()
    expect((await failureOf(find(bench, `https://${MIRROR}`, { HTTPS_PROXY: value }))).message).toBe(message)
  })
})

/** The mirror by https, with a certificate that nobody knows, made for this test. */
async function startSecureMirror() {
  await using bench = await createCliBench()
  const [key, certificate] = [join(bench.folder, 'key.pem'), join(bench.folder, 'cert.pem')]
  const subject = ['-subj', `/CN=${MIRROR}`, '-addext', `subjectAltName=DNS:${MIRROR}`]
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1']
  await execa('openssl', [
    'req',
    '-x509',
    '-nodes',
    '-days',
    '2',
    ...kind,
    ...subject,
    '-keyout',
    key,
    '-out',
    certificate,
  ])
  const cert = await readFile(certificate, 'utf8')
  const server = createServer({ key: await readFile(key), cert }, (request, response) => {
    if (request.url?.startsWith('/download/cli?')) response.writeHead(302, { location: FILE }).end()
    else response.end(body)
  })
  server.unref()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { certificate: cert, host: `127.0.0.1:${(server.address() as AddressInfo).port}` }
}
