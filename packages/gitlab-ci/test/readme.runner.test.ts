import { readFile } from 'node:fs/promises'
import { delimiter, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describeRunner } from '@oz-agent/test-runners'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { Pipeline } from './support/pipeline.ts'

const README = new URL('../README.md', import.meta.url)
const PROJECT = fileURLToPath(new URL('../../..', import.meta.url))

describeRunner('gitlab-ci-local', 'the README', (runner) => {
  test('its commands run a pipeline with the stand-in agent', async () => {
    const readme = await readFile(README, 'utf8')
    const block = /## Test your own pipelines.*?```sh\n(.*?)```/s.exec(readme)?.[1] ?? ''
    const commands = block
      .replaceAll('$PWD/../oz-agent-action', PROJECT.replace(/\/$/, ''))
      .replace('npx gitlab-ci-local', `"${runner}"`)
    const pipeline = await Pipeline.create(runner)
    try {
      const include = [{ local: '/.gitlab/oz-agent/template.yml', inputs: { prompt: 'Do it' } }]
      await pipeline.run({ init: [], config: { include } })
      const end = await execa('sh', ['-e', '-c', commands], {
        cwd: pipeline.repository,
        env: { PATH: [dirname(process.execPath), process.env.PATH].join(delimiter), HOME: pipeline.folder },
        extendEnv: false,
        reject: false,
        all: true,
        stdin: 'ignore',
        timeout: 120_000,
      })
      expect(end.all).toContain('Oz agent: succeeded')
      expect(end.exitCode).toBe(0)
    } finally {
      await pipeline.remove()
    }
  })
})
