import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createOz, readCalls } from '@oz-agent/oz-sim'
import { execa } from 'execa'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const JOB = fileURLToPath(new URL('../dist/job/index.js', import.meta.url))
/** Another local user: attacks as one need the rights to become it. */
const asNobody = ['--reuid=65534', '--regid=65534', '--clear-groups']
const canBeAnother =
  process.getuid?.() === 0 &&
  (await execa('setpriv', [...asNobody, 'true'], { reject: false })).exitCode === 0
const needs = canBeAnother ? '' : ' (skipped: needs root and setpriv)'

let folder: string
let shared: string
let checkout: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oz-attack-'))
  chmodSync(folder, 0o755)
  shared = join(folder, 'tmp')
  checkout = join(folder, 'checkout')
  mkdirSync(shared)
  chmodSync(shared, 0o1777)
  mkdirSync(checkout)
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function jobOf(script: Parameters<typeof createOz>[0]['script'] = 'success') {
  const oz = await createOz({ dir: join(folder, 'oz'), ...(script === undefined ? {} : { script }) })
  const env = {
    PATH: `${oz.dir}:${dirname(process.execPath)}:/usr/bin:/bin`,
    HOME: folder,
    TMPDIR: shared,
    WARP_API_KEY: 'wk-test-key-0123456789',
    CI_JOB_TOKEN: 'job-token-0123456789',
    CI_PROJECT_DIR: checkout,
    CI_PROJECT_ID: '1217',
    CI_JOB_ID: '4711',
    CI_JOB_NAME_SLUG: 'review',
    OZ_INPUT_PROMPT: 'Do it',
  }
  const start = (args: readonly string[], more: Readonly<Record<string, string>> = {}) =>
    execa(process.execPath, [JOB, ...args], {
      env: { ...env, ...more },
      extendEnv: false,
      reject: false,
      stdin: 'ignore',
      all: true,
    })
  return { oz, start, agentRuns: () => readCalls(oz.record).filter(({ argv }) => argv[0] === 'agent').length }
}

const nobody = (script: string) => execa('setpriv', [...asNobody, 'sh', '-c', script], { reject: false })

describe.skipIf(!canBeAnother)(`another local user who knows the number of a job${needs}`, () => {
  test('cannot have the step take a folder that he made: nothing starts, and the message says what to do', async () => {
    const { start, agentRuns } = await jobOf()
    await nobody(`mkdir -m 0777 '${shared}/oz-agent-4711'`)
    const end = await start([])
    expect(end.exitCode, end.all).toBe(69)
    expect(end.all).toContain('oz-agent-4711 belongs to another user')
    expect(end.all).toContain('TMPDIR')
    expect(agentRuns()).toBe(0)
  })

  test('cannot have the step follow a link that he made', async () => {
    const { start, agentRuns } = await jobOf()
    await nobody(`mkdir -m 0777 '${shared}/his' && ln -s '${shared}/his' '${shared}/oz-agent-4711'`)
    const end = await start([])
    expect(end.exitCode, end.all).toBe(69)
    expect(end.all).toContain('oz-agent-4711 is a link')
    expect(agentRuns()).toBe(0)
  })

  test('cannot have the clean-up start his program with the tokens of the job', async () => {
    const { start } = await jobOf()
    const record = {
      version: 1,
      marker: 'x',
      runId: 'r-1',
      cliPath: `${shared}/evil`,
      resultsWritten: false,
      close: { kind: 'open' },
    }
    const planted = `${shared}/oz-agent-4711`
    await nobody(
      [
        `printf '#!/bin/sh\\nenv > ${shared}/stolen\\n' > '${shared}/evil'`,
        `chmod 755 '${shared}/evil'`,
        `mkdir -m 0777 '${planted}'`,
        `printf '%s' '${JSON.stringify(record)}' | tee '${planted}/run-record.json' > '${shared}/record.json'`,
        `printf '%s' '${shared}/record.json' > '${planted}.record'`,
      ].join(' && '),
    )
    const end = await start(['after'])
    expect(end.exitCode, end.all).toBe(0)
    expect(end.all).toContain('belongs to another user')
    expect(existsSync(join(shared, 'stolen'))).toBe(false)
  })

  test('cannot read what the step keeps: folder 0700, files 0600', async () => {
    const { start } = await jobOf()
    const end = await start([])
    expect(end.exitCode, end.all).toBe(0)
    const results = join(checkout, '.oz-agent/review')
    expect(statSync(join(shared, 'oz-agent-4711')).mode & 0o077).toBe(0)
    expect(statSync(results).mode & 0o077).toBe(0)
    for (const name of ['result.json', 'transcript.ndjson', 'agent-output.md']) {
      expect(statSync(join(results, name)).mode & 0o077, name).toBe(0)
    }
    const read = await nobody(`cat '${results}/result.json'`)
    expect(read.exitCode).not.toBe(0)
  })
})

describe('a commit that brings files of ours', () => {
  test('has no record obeyed by the clean-up', async () => {
    const { start } = await jobOf()
    const results = join(checkout, '.oz-agent/review')
    mkdirSync(results, { recursive: true })
    const stolen = join(folder, 'stolen')
    writeFileSync(join(checkout, 'evil'), `#!/bin/sh\nenv > '${stolen}'\n`, { mode: 0o755 })
    const record = {
      version: 1,
      marker: 'x',
      runId: 'r-1',
      cliPath: join(checkout, 'evil'),
      close: { kind: 'open' },
    }
    writeFileSync(join(results, 'run-record.json'), JSON.stringify({ ...record, resultsWritten: false }))
    const end = await start(['after'])
    expect(end.exitCode, end.all).toBe(0)
    expect(existsSync(stolen)).toBe(false)
  })

  test.each(['.oz-agent', '.oz-agent/review'])(
    '%s as a link is refused: nothing is written through it',
    async (name) => {
      const { start, agentRuns } = await jobOf()
      const victim = join(folder, 'victim')
      mkdirSync(victim)
      mkdirSync(dirname(join(checkout, name)), { recursive: true })
      symlinkSync(victim, join(checkout, name))
      const end = await start([])
      expect(end.exitCode, end.all).toBe(69)
      expect(end.all).toContain('is a link')
      expect(agentRuns()).toBe(0)
      expect(existsSync(join(victim, 'result.json')) || existsSync(join(victim, 'review'))).toBe(false)
    },
  )

  test('a link in place of a result is replaced, and what it leads to stays as it is', async () => {
    const { start } = await jobOf()
    const victim = join(folder, '.bashrc')
    writeFileSync(victim, 'export GOOD=1\n')
    const results = join(checkout, '.oz-agent/review')
    mkdirSync(results, { recursive: true })
    for (const name of ['agent-output.md', 'transcript.ndjson', 'result.json'])
      symlinkSync(victim, join(results, name))
    const end = await start([])
    expect(end.exitCode, end.all).toBe(0)
    expect(readFileSync(victim, 'utf8')).toBe('export GOOD=1\n')
    for (const name of ['agent-output.md', 'transcript.ndjson', 'result.json']) {
      expect(lstatSync(join(results, name)).isSymbolicLink(), name).toBe(false)
    }
  })

  test('an old transcript does not become the beginning of the new one', async () => {
    const { start } = await jobOf()
    const results = join(checkout, '.oz-agent/review')
    mkdirSync(results, { recursive: true })
    writeFileSync(join(results, 'transcript.ndjson'), '{"type":"agent","text":"forged"}\n')
    const end = await start([])
    expect(end.exitCode, end.all).toBe(0)
    expect(readFileSync(join(results, 'transcript.ndjson'), 'utf8')).not.toContain('forged')
  })

  test('a prompt file that leads out of the checkout by a link is refused', async () => {
    const { start, agentRuns } = await jobOf()
    writeFileSync(join(folder, 'secret'), 'the key of the host')
    symlinkSync(join(folder, 'secret'), join(checkout, 'prompt.md'))
    const end = await start([], { OZ_INPUT_PROMPT: '', OZ_INPUT_PROMPT_FILE: 'prompt.md' })
    expect(end.exitCode, end.all).toBe(64)
    expect(end.all).toContain('leads out of the checkout by a link')
    expect(agentRuns()).toBe(0)
  })
})
