import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createNodePorts, runStep } from '@oz-agent/core'
import { RecordingSink } from '@oz-agent/core/testing'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { gitHubAdapter } from '../src/main.ts'
import { BIG_PROMPT, MCP_TOKEN, ROWS } from './drop-in-rows.ts'
import { LocalRunner } from './local-runner.ts'
import { writeRecordingOz } from './recording-oz.ts'

const KEY = 'wk-0123456789abcdef'

describe('a `with:` block becomes exactly these arguments', () => {
  const runner = new LocalRunner()
  const ports = createNodePorts()
  let oz: ReturnType<typeof writeRecordingOz>

  beforeAll(() => {
    oz = writeRecordingOz(runner.bin)
    mkdirSync(join(runner.checkout, 'sub folder'))
    runner.write('prompt.md', '- from a file\n')
    runner.write('big.md', BIG_PROMPT)
    runner.write('mcp.json', '{}')
    runner.write('oz.yml', 'name: nightly\n')
  })
  afterAll(() => runner.remove())
  afterEach(() => vi.unstubAllEnvs())

  test('there are at least 60 rows, each with a name of its own', () => {
    expect(new Set(ROWS.map((row) => row.name)).size).toBe(ROWS.length)
    expect(ROWS.length).toBeGreaterThanOrEqual(60)
  })

  test.each(ROWS)('$name', async (row) => {
    const log = new RecordingSink()
    const env = runner.environment({ ...row.with, warp_api_key: KEY })
    const step = { ...ports, log }
    // The toolkit reads the names of the runner's files from the environment of this process.
    for (const name of ['GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY']) vi.stubEnv(name, env[name])
    const adapter = gitHubAdapter(env, mkdtempSync(join(runner.temp, 'step-')), step)
    const end = await runStep(adapter, step)
    expect(end, log.text).toEqual({ outcome: 'succeeded', exitCode: 0 })
    const [call] = oz.calls()
    const argv = (call?.argv ?? []).map((argument) => {
      const path = /(\/\S*\/private\/)(prompt\.md|mcp-\d\.json)/.exec(argument)
      if (path === null) return argument
      if (path[2] === 'prompt.md') return '--prompt=<pointer>'
      return argument.replace(/=.*\/private\//, '=<private>/')
    })
    expect(argv).toEqual(['agent', row.cloud ? 'run-cloud' : 'run', '--output-format=json', ...row.argv])
    if (row.file !== undefined) expect(readFileSync(oz.lastFile, 'utf8')).toBe(row.file)
    if (row.warning !== undefined) expect(log.text).toMatch(row.warning)
    expect(call?.argv.join('\0')).not.toContain(MCP_TOKEN)
    expect(call?.argv.join('\0')).not.toContain(KEY)
    expect(call?.env.WARP_API_KEY).toBe(KEY)
    expect(
      Object.keys(call?.env ?? {}).filter((name) =>
        /^(INPUT|STATE|ACTIONS)_|^GITHUB_(OUTPUT|STATE|ENV)$/.test(name),
      ),
    ).toEqual([])
  })
})
