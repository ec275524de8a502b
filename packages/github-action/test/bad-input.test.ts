import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { jobWith, KEY } from './support.ts'

type Row = [
  name: string,
  inputs: Record<string, string>,
  exitCode: number,
  says: RegExp[],
  env?: Record<string, string>,
]

const rows: Row[] = [
  ['no prompt of any kind', { prompt: '' }, 64, [/prompt: nothing to do/]],
  ['two prompts', { saved_prompt: 'sp_1' }, 64, [/prompt, saved_prompt: exclude each other/]],
  ['a prompt and a prompt file', { prompt_file: 'p.md' }, 64, [/prompt, prompt_file: exclude/]],
  [
    'a prompt file that is not there',
    { prompt: '', prompt_file: 'no.md' },
    64,
    [/prompt_file: .*no\.md.* does not exist/],
  ],
  ['an empty prompt file', { prompt: '', prompt_file: 'empty.md' }, 64, [/prompt_file: .*is empty/]],
  [
    'an unknown channel',
    { oz_channel: 'stabel' },
    64,
    [/oz_channel: .*stable, preview, dev.*Did you mean "stable"/],
  ],
  ['a malformed duration', { timeout: '5 minutes please' }, 64, [/timeout: expected a duration/]],
  ['a cwd that is no folder', { cwd: 'empty.md' }, 64, [/cwd: .*is a file: expected a folder/]],
  ['MCP JSON that does not parse', { mcp: '{"a": {\n  "b": tru}\n}' }, 64, [/mcp: .*line 2, column \d+/]],
  ['an unknown input', { modle: 'x' }, 64, [/modle: there is no such input.*"model"/]],
  ['a wrong boolean', { cloud: 'yes' }, 64, [/cloud: expected true or false/]],
  [
    'several wrong inputs are told together',
    { oz_channel: 'x', timeout: 'y', share: 'bob\nteam:own', cwd: 'nowhere' },
    64,
    [/5 inputs are wrong/, /oz_channel:/, /timeout:/, /share: .*bob/, /share: .*own/, /cwd:/],
  ],
  [
    'a missing key',
    { warp_api_key: '' },
    77,
    [/no Warp API key/, /docs\.warp\.dev/, /secrets\.WARP_API_KEY/],
  ],
  [
    'a key file that is not there',
    { warp_api_key: '' },
    77,
    [/WARP_API_KEY_FILE/],
    { WARP_API_KEY_FILE: '/no/such' },
  ],
  ['a CLI that is not there', { oz_path: '/no/such/oz' }, 64, [/oz_path: .*does not exist/]],
]

describe('nothing is started for', () => {
  let job: Awaited<ReturnType<typeof jobWith>>
  afterEach(() => job.runner.remove())

  test.each(rows)('%s', async (_name, inputs, exitCode, says, env) => {
    job = await jobWith('success')
    const { runner } = job
    writeFileSync(join(runner.checkout, 'empty.md'), '')
    writeFileSync(join(runner.checkout, 'p.md'), 'do')
    const end = await runner.run({ ...job.inputs, ...inputs }, env)
    expect(end.exitCode, end.log).toBe(exitCode)
    for (const pattern of says) expect(end.log).toMatch(pattern)
    expect(runner.outputs().exit_code).toBe(String(exitCode))
    expect(await job.agentRuns()).toEqual([])
    expect(runner.values('state')).toEqual({})
  })

  test('a fork without secrets: green, and one line why', async () => {
    job = await jobWith('success')
    const event = join(job.runner.root, 'event.json')
    const head = { repo: { full_name: 'somebody/project' } }
    writeFileSync(event, JSON.stringify({ pull_request: { head }, repository: { full_name: 'org/project' } }))
    const end = await job.runner.run(
      { ...job.inputs, warp_api_key: '' },
      { GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: event },
    )
    expect(end.exitCode, end.log).toBe(0)
    expect(job.runner.outputs()).toMatchObject({ outcome: 'skipped', exit_code: '0' })
    expect(end.log).toMatch(/::notice title=Oz agent%3A skipped::pull requests from forks/)
    expect(await job.agentRuns()).toEqual([])
  })

  test('a key from the environment needs no input', async () => {
    job = await jobWith('success')
    const end = await job.runner.run({ prompt: 'go' }, { WARP_API_KEY: KEY })
    expect(end.exitCode, end.log).toBe(0)
  })
})
