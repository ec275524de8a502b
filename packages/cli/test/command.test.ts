import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createOz, readCalls } from '@oz-agent/oz-sim'
import { execa } from 'execa'
import { afterEach, beforeEach, expect, test } from 'vitest'

const ENTRY = fileURLToPath(new URL('../src/entry/cli.ts', import.meta.url))
/** Nobody listens there: whatever asks for Warp's hosts is refused at once. */
const NO_NETWORK = { HTTPS_PROXY: 'http://127.0.0.1:1' }

let folder = ''
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'oz-agent-cli-')))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const command = (args: string[], env: Record<string, string> = {}) =>
  execa(process.execPath, ['--conditions=source', ENTRY, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', HOME: folder, TMPDIR: folder, ...NO_NETWORK, ...env },
    extendEnv: false,
    reject: false,
    all: true,
  })

const outputs = () =>
  Object.fromEntries(
    readFileSync(join(folder, 'out.env'), 'utf8')
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  )

test('a run ends with 0, writes its files and hands on its outputs', async () => {
  const oz = await createOz({ dir: join(folder, 'bin') })
  const args = [
    '--prompt=- say hello',
    `--oz-path=${oz.path}`,
    '--outputs-file=out.env',
    '--result-folder=res',
  ]
  const { exitCode, all } = await command(['run', ...args], {
    WARP_API_KEY: 'wk-0123456789',
    CIRCLECI: 'true',
  })
  expect(all).toContain('res/result.json')
  expect(exitCode).toBe(0)
  expect(outputs()).toMatchObject({
    outcome: 'succeeded',
    exit_code: '0',
    result_file: join(folder, 'res/result.json'),
  })
  const result = JSON.parse(readFileSync(join(folder, 'res', 'result.json'), 'utf8'))
  expect(result).toMatchObject({ outcome: 'succeeded', ci: { name: 'circleci' } })
  expect(existsSync(join(folder, 'res', 'summary.md'))).toBe(true)
  const calls = await readCalls(oz.record)
  expect(calls.some(({ argv }) => argv.includes('--prompt=- say hello'))).toBe(true)
})

test('a run that is told to stop ends with 143, whatever the agent then returns', async () => {
  const oz = await createOz({
    dir: join(folder, 'bin'),
    script: { steps: [{ message: 'under way' }, { wait: '60s' }, { message: 'never said' }] },
  })
  const args = ['--prompt=x', `--oz-path=${oz.path}`, '--outputs-file=out.env', '--result-folder=res']
  const running = command(['run', ...args], { WARP_API_KEY: 'wk-0123456789' })
  for await (const line of running.iterable({ from: 'all' })) {
    if (line.includes('under way')) running.kill('SIGTERM')
  }
  expect((await running).exitCode).toBe(143)
  expect(outputs()).toMatchObject({ outcome: 'cancelled', exit_code: '143' })
})

test('inputs can be variables, and a wrong one is named as it was typed', async () => {
  writeFileSync(join(folder, 'empty.md'), '')
  const { exitCode, all } = await command(['run', '--cloud=yes', '--promt=x'], {
    OZ_AGENT_TIMEOUT: 'soon',
    OZ_AGENT_PROMPT_FILE: 'empty.md',
    OZ_AGENT_SHAER: 'me',
  })
  expect(exitCode).toBe(64)
  expect(all).toContain('--promt: there is no such flag. Did you mean "--prompt"?')
  expect(all).toContain('--cloud: expected true or false, got "yes"')
  expect(all).toContain('OZ_AGENT_TIMEOUT: expected a duration')
  expect(all).toContain('OZ_AGENT_PROMPT_FILE: "empty.md" is empty')
  expect(all).toContain('OZ_AGENT_SHAER: there is no such input.')
})

test('a run without a key ends with 77 and says where to get one', async () => {
  const { exitCode, all } = await command(['run', '--prompt=x'])
  expect(exitCode).toBe(77)
  expect(all).toContain('Give it as the variable WARP_API_KEY')
})

test('doctor tells what is wrong in a table, and ends with the code of the worst', async () => {
  const oz = await createOz({ dir: join(folder, 'bin') })
  const { exitCode, all } = await command(['doctor', `--oz-path=${oz.path}`], {
    WARP_API_KEY: 'wk-0123456789',
  })
  expect(all).toMatch(/ok {7}Oz CLI {17}v0\./)
  expect(all).toMatch(/ok {7}Account {16}\S/)
  expect(all).toMatch(/problem {2}app\.warp\.dev {11}connect: /)
  expect(all).toContain('→ Start the proxy that HTTPS_PROXY names, or correct it.')
  expect(all).not.toContain('wk-0123456789')
  expect(exitCode).toBe(75)
})

test('doctor without a key ends with 77, as JSON too', async () => {
  const { exitCode, stdout } = await command(['doctor', '--json'])
  const report = JSON.parse(stdout)
  expect(report).toMatchObject({ version: 1, status: 'problem', exit_code: 77, ci: 'generic' })
  expect(exitCode).toBe(77)
})

test('doctor needs no prompt, and reports wrong inputs as 64', async () => {
  const { exitCode, stdout } = await command(['doctor', '--json', '--share=friends', '--cwd=nowhere'])
  const [inputs] = JSON.parse(stdout).findings
  expect(inputs.summary).toMatch(/^--share: "friends" is no recipient.*\n--cwd: "nowhere" does not exist/)
  expect(exitCode).toBe(64)
})

test('help, version and wrong commands', async () => {
  const general = await command(['--help'])
  expect(general.stdout).toContain('doctor')
  const run = await command(['run', '--help'])
  expect(run.stdout).toContain('--saved-prompt=<text>')
  expect(run.stdout).toContain('--oz-channel=stable|preview|dev')
  expect(run.stdout).toContain('--outputs-file=<file>')
  expect(run.stdout.split('\n').every((line) => line.length <= 110)).toBe(true)
  const version = await command(['--version'])
  expect(version.stdout).toMatch(/^\d+\.\d+\.\d+$/)
  const wrong = await command(['docter'])
  expect(wrong.exitCode).toBe(64)
  expect(wrong.all).toContain('there is no command "docter". Did you mean "doctor"?')
  expect([general.exitCode, run.exitCode, version.exitCode]).toEqual([0, 0, 0])
})
