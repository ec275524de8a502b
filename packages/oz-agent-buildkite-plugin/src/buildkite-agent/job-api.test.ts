import { createServer, type RequestListener } from 'node:http'
import { join } from 'node:path'
import { temporaryFolder } from '@oz-agent/core/testing'
import { describe, expect, it } from 'vitest'
import { createJobApi, maskSecrets } from './job-api.ts'

async function withServer(listener: RequestListener, use: (socket: string) => Promise<void>): Promise<void> {
  await using folder = await temporaryFolder()
  const socket = join(folder.path, 's')
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(socket, resolve))
  await use(socket)
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}

const apiOf = (socket: string) =>
  createJobApi({ BUILDKITE_AGENT_JOB_API_SOCKET: socket, BUILDKITE_AGENT_JOB_API_TOKEN: 'token' })

describe('the Job API', () => {
  it('is told the secret, with the token', async () => {
    const seen: unknown[] = []
    const listener: RequestListener = async (request, response) => {
      let body = ''
      for await (const chunk of request) body += chunk
      seen.push(request.method, request.url, request.headers.authorization, JSON.parse(body))
      response.writeHead(201).end('{}')
    }
    await withServer(listener, async (socket) => expect(await apiOf(socket).redact('sécret\n"')).toBe(true))
    expect(seen).toEqual(['POST', '/api/current-job/v0/redactions', 'Bearer token', { redact: 'sécret\n"' }])
  })

  it('may refuse', async () => {
    await withServer(
      (_, response) => response.writeHead(401).end(),
      async (socket) => {
        expect(await apiOf(socket).redact('x')).toBe(false)
      },
    )
  })

  it('may hang up', async () => {
    await withServer(
      (request) => request.destroy(),
      async (socket) => {
        expect(await apiOf(socket).redact('x')).toBe(false)
      },
    )
  })

  it.each([
    ['not there', {}],
    ['gone', { BUILDKITE_AGENT_JOB_API_SOCKET: '/nowhere/s', BUILDKITE_AGENT_JOB_API_TOKEN: 't' }],
  ])('may be %s', async (_, env) => {
    expect(await createJobApi(env).redact('x')).toBe(false)
  })
})

function setUp(api: boolean, command: boolean) {
  const byCommand: string[] = []
  const commands = {
    addRedactions: async (secrets: readonly string[]) => {
      byCommand.push(...secrets)
      return command ? { ok: true as const, stdout: '' } : { ok: false as const, reason: 'old agent' }
    },
  }
  return { byCommand, hide: () => maskSecrets(['a', 'b'], { redact: async () => api }, commands) }
}

describe('masking secrets', () => {
  it('takes the Job API', async () => {
    const { byCommand, hide } = setUp(true, true)
    expect([await hide(), byCommand]).toEqual([undefined, []])
  })
  it('else the command', async () => {
    const { byCommand, hide } = setUp(false, true)
    expect([await hide(), byCommand]).toEqual([undefined, ['a', 'b']])
  })
  it('else says why not', async () => {
    expect(await setUp(false, false).hide()).toBe('old agent')
  })
})
