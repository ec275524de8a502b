import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createOz, readCalls } from '@oz-agent/oz-sim'
import { execa } from 'execa'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { installStubAgent } from './support/stub-agent.ts'

const PLUGIN = join(import.meta.dirname, '..')
/** Another local user: attacks as one need the rights to become it. */
const asNobody = ['--reuid=65534', '--regid=65534', '--clear-groups']
const canBeAnother =
  process.getuid?.() === 0 &&
  (await execa('setpriv', [...asNobody, 'true'], { reject: false })).exitCode === 0
const needs = canBeAnother ? '' : ' (skipped: needs root and setpriv)'
const nobody = (script: string) => execa('setpriv', [...asNobody, 'sh', '-c', script], { reject: false })

let folder: string
let shared: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oz-attack-'))
  chmodSync(folder, 0o755)
  shared = join(folder, 'tmp')
  mkdirSync(shared)
  chmodSync(shared, 0o1777)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function jobOf() {
  const oz = await createOz({ dir: join(folder, 'oz'), script: 'success' })
  const stub = join(folder, 'stub')
  mkdirSync(stub)
  installStubAgent(stub, undefined)
  const env = {
    PATH: `${stub}:${oz.dir}:${dirname(process.execPath)}:/usr/bin:/bin`,
    HOME: folder,
    TMPDIR: shared,
    WARP_API_KEY: 'wk-test-key-0123456789',
    BUILDKITE_AGENT_ACCESS_TOKEN: 'agent-token-0123456789',
    BUILDKITE_JOB_ID: 'job-4711',
    BUILDKITE_PLUGIN_CONFIGURATION: JSON.stringify({ prompt: 'Do it' }),
    BUILDKITE_BUILD_CHECKOUT_PATH: folder,
  }
  const hook = (name: 'command' | 'pre-exit') =>
    execa('bash', [join(PLUGIN, 'hooks', name)], {
      env,
      extendEnv: false,
      cwd: folder,
      reject: false,
      stdin: 'ignore',
      all: true,
    })
  return { hook, agentRuns: () => readCalls(oz.record).filter(({ argv }) => argv[0] === 'agent').length }
}

describe.skipIf(!canBeAnother)(`another local user who knows the id of a job${needs}`, () => {
  test('cannot have the hook take a folder that he made', async () => {
    const { hook, agentRuns } = await jobOf()
    await nobody(`mkdir -m 0777 '${shared}/oz-agent-job-4711'`)
    const end = await hook('command')
    expect(end.exitCode, end.all).toBe(69)
    expect(end.all).toContain('oz-agent-job-4711 belongs to another user')
    expect(agentRuns()).toBe(0)
  })

  test('cannot have the hook follow a link that he made', async () => {
    const { hook, agentRuns } = await jobOf()
    await nobody(`mkdir -m 0777 '${shared}/his' && ln -s '${shared}/his' '${shared}/oz-agent-job-4711'`)
    const end = await hook('command')
    expect(end.exitCode, end.all).toBe(69)
    expect(end.all).toContain('oz-agent-job-4711 is a link')
    expect(agentRuns()).toBe(0)
  })

  test('cannot have pre-exit start his program with the token of the agent, nor remove what is his', async () => {
    const { hook } = await jobOf()
    const planted = `${shared}/oz-agent-job-4711`
    const record = {
      version: 1,
      marker: 'x',
      runId: 'r-1',
      cliPath: `${shared}/evil`,
      resultsWritten: false,
      close: { kind: 'open' },
    }
    const use = { use: 1, recordPath: `${planted}/run.json`, configuration: '' }
    await nobody(
      [
        `printf '#!/bin/sh\\nenv > ${shared}/stolen\\n' > '${shared}/evil'`,
        `chmod 755 '${shared}/evil'`,
        `mkdir -m 0777 '${planted}'`,
        `mkdir -m 0777 '${planted}/step-1'`,
        `printf '%s' '${JSON.stringify(record)}' | tee '${planted}/step-1/run-record.json' > '${planted}/run.json'`,
        `printf '%s' '${JSON.stringify(use)}' > '${planted}/record-1.json'`,
      ].join(' && '),
    )
    const end = await hook('pre-exit')
    expect(end.exitCode, end.all).toBe(0)
    expect(existsSync(join(shared, 'stolen'))).toBe(false)
    expect(existsSync(planted)).toBe(true)
  })
})
