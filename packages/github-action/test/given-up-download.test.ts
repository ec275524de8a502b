import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { LocalRunner } from './local-runner.ts'

const VERSION = 'v0.2026.08.19.08.14.stable_01'

it('clears away a half download when the job is cancelled', async () => {
  const runner = new LocalRunner()
  // A mirror that sends half of an archive and then nothing more.
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/download')) {
      const location = `/stable/${VERSION}/cli/linux/x86_64/warp-stable-linux-x86_64.tar.gz`
      response.writeHead(302, { location }).end()
    } else {
      response.writeHead(200, { 'content-length': 1000 }).write(Buffer.alloc(500))
      server.emit('half')
    }
  })
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
    runner.remove()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const half = once(server, 'half')
  const { port } = server.address() as AddressInfo
  const phase = runner.start(
    'run',
    { prompt: 'x', warp_api_key: 'wk-0123456789', oz_download_url: `http://127.0.0.1:${port}` },
    { RUNNER_TOOL_CACHE: join(runner.root, 'tools') },
  )
  await half
  phase.kill('SIGINT')
  const end = await phase.ended
  expect(end.exitCode, end.log).toBe(130)
  const left = readdirSync(join(runner.root, 'tools'), { recursive: true }).map(String)
  expect(left.filter((path) => path.includes('.staging') || path.includes('.lock'))).toEqual([])
})
