import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describeRunner } from '@oz-agent/test-runners'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Pipeline, PROGRAM } from './support/pipeline.ts'

describeRunner('gitlab-ci-local', 'a program that is downloaded', (runner) => {
  let pipeline: Pipeline
  let served: Buffer
  const server = createServer((_, response) => response.end(served))

  beforeEach(async () => {
    pipeline = await Pipeline.create(runner)
    served = await readFile(PROGRAM)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  afterEach(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await pipeline.remove()
  })

  const run = () =>
    pipeline.run({
      init: ['--program', 'download', '--program-url', 'https://example.com/oz-agent.mjs'],
      config: { include: [{ local: '/.gitlab/oz-agent/template.yml', inputs: { prompt: 'Do it' } }] },
      // The variables of a project win over those of a job: the template itself insists on https.
      variables: {
        OZ_PROGRAM_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/oz-agent.mjs`,
      },
    })

  test('runs when its bytes are those that the template names', async () => {
    const end = await run()
    expect(end.log('oz-agent')).toContain('Oz agent: succeeded')
    expect(end.exitCode).toBe(0)
  })

  test('does not run when they are not', async () => {
    served = Buffer.concat([served, Buffer.from('\n')])
    const end = await run()
    expect(end.log('oz-agent')).toContain('oz-agent.mjs: FAILED')
    expect(await end.calls()).toEqual([])
    expect(end.exitCode).toBe(1)
  })
})
