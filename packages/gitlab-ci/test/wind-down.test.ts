import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createOz, readCalls } from '@oz-agent/oz-sim'
import { execa } from 'execa'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { GitlabServer, TOKEN } from './support/gitlab-server.ts'

const JOB = fileURLToPath(new URL('../src/main.ts', import.meta.url))
let folder: string
let server: GitlabServer

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oz-gitlab-stop-'))
  server = await GitlabServer.start()
})
afterEach(async () => {
  await server.stop()
  await rm(folder, { recursive: true, force: true })
})

test('a cancelled job ends within 5 seconds with everything written, though the agent ignores the signal', async () => {
  const steps = [{ message: 'Half of it.' }, { wait: '2m' }] as const
  const oz = await createOz({ dir: join(folder, 'oz'), script: { on_sigterm: 'ignore', steps } })
  // An API that does not answer must not hold a job that is about to be killed.
  server.trouble = { kind: 'silence' }
  const env = {
    PATH: `${oz.dir}:${dirname(process.execPath)}:/usr/bin:/bin`,
    HOME: folder,
    TMPDIR: folder,
    WARP_API_KEY: 'wk-test-key-0123456789',
    CI_PROJECT_DIR: folder,
    CI_PROJECT_ID: '1217',
    CI_JOB_ID: '1',
    CI_API_V4_URL: server.url,
    CI_MERGE_REQUEST_IID: '5',
    OZ_GITLAB_TOKEN: TOKEN,
    OZ_INPUT_PROMPT: 'Do it',
  }
  const job = execa(process.execPath, ['--conditions=source', JOB], {
    env,
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
    all: true,
  })
  await new Promise<void>((resolve) => {
    job.all.on('data', (chunk) => String(chunk).includes('Half of it.') && resolve())
  })
  const cancelled = performance.now()
  job.kill('SIGTERM')
  const end = await job
  expect(performance.now() - cancelled).toBeLessThan(5_000)
  expect(end.exitCode).toBe(143)
  const results = join(folder, '.oz-agent/oz-agent')
  expect(JSON.parse(await readFile(join(results, 'result.json'), 'utf8'))).toMatchObject({
    outcome: 'cancelled',
    final_message: 'Half of it.',
  })
  expect(existsSync(join(results, 'outputs.env'))).toBe(true)
  expect(readCalls(oz.record).some((call) => call.argv.includes('report-shutdown'))).toBe(true)
})
