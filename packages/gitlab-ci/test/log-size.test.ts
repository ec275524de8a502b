import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createOz } from '@oz-agent/oz-sim'
import { execa } from 'execa'
import { afterEach, beforeEach, expect, test } from 'vitest'

const JOB = fileURLToPath(new URL('../src/main.ts', import.meta.url))
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oz-gitlab-log-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('the log stays below the 4 MB that GitLab keeps, and the transcript holds all', async () => {
  const long = `${'x'.repeat(99)}\n`.repeat(1000)
  const steps = [...Array.from({ length: 80 }, () => ({ message: long })), { message: 'The end.' }]
  const oz = await createOz({ dir: join(folder, 'oz'), script: { steps } })
  const job = await execa(process.execPath, ['--conditions=source', JOB], {
    env: {
      PATH: `${oz.dir}:${dirname(process.execPath)}:/usr/bin:/bin`,
      HOME: folder,
      TMPDIR: folder,
      WARP_API_KEY: 'wk-test-key-0123456789',
      CI_PROJECT_DIR: folder,
      OZ_INPUT_PROMPT: 'Do it',
    },
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
    all: true,
  })
  expect(job.exitCode).toBe(0)
  expect(Buffer.byteLength(job.all)).toBeLessThan(4_000_000)
  expect(Buffer.byteLength(job.all)).toBeGreaterThan(3_000_000)
  expect(job.all).toContain('The log is cut here')
  expect(job.all).toContain('The end.')
  const transcript = await stat(join(folder, '.oz-agent/oz-agent/transcript.ndjson'))
  expect(transcript.size).toBeGreaterThan(8_000_000)
})
