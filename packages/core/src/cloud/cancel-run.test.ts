import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createNodePorts } from '../node/ports.ts'
import { cancelCloudRun } from './cancel-run.ts'

describe('cancelling a cloud run', () => {
  const ports = createNodePorts()
  let statuses: (number | 'silence')[]
  let requests: Pick<IncomingMessage, 'method' | 'url' | 'headers'>[]
  const server = createServer((request, response) => {
    requests.push(request)
    const status = statuses.shift() ?? 500
    if (status !== 'silence') response.writeHead(status).end()
  })

  beforeEach(async () => {
    requests = []
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  })
  afterEach(() => {
    server.closeAllConnections()
    return new Promise<void>((closed) => void server.close(() => closed()))
  })

  const cancel = (...answers: typeof statuses) => {
    statuses = answers
    const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const env = { WARP_SERVER_ROOT_URL: `${root}/` }
    return cancelCloudRun({ runId: 'run-1', key: 'wk-key', env, timeout: 3_000 }, ports)
  }

  test('asks once, with the key', async () => {
    expect(await cancel(200)).toEqual({ cancelled: true })
    expect(requests).toHaveLength(1)
    expect(requests[0]).toMatchObject({
      method: 'POST',
      url: '/api/v1/agent/runs/run-1/cancel',
      headers: { authorization: 'Bearer wk-key' },
    })
  })

  test('asks again while the run is pending', async () => {
    expect(await cancel(409, 200)).toEqual({ cancelled: true })
    expect(requests).toHaveLength(2)
  })

  test.each([
    [400, /over already/],
    [401, /may not cancel it \(HTTP 401\)/],
    [403, /may not cancel it \(HTTP 403\)/],
    [422, /cannot be cancelled/],
    [500, /HTTP 500/],
  ])('is told why not: %i', async (status, why) => {
    expect(await cancel(status)).toMatchObject({ cancelled: false, why: expect.stringMatching(why) })
    expect(requests).toHaveLength(1)
  })

  test('does not wait for a server that never answers', async () => {
    expect(await cancel('silence')).toEqual({ cancelled: false, why: 'Warp did not answer in time' })
  })
})
