import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createOz, readCalls, type Script } from '@oz-agent/oz-sim'
import { execa, type Options } from 'execa'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const ENTRY = fileURLToPath(new URL('../src/entry/cli.ts', import.meta.url))
/** Nobody listens there: whatever asks for Warp's hosts is refused at once. */
const NO_NETWORK = { HTTPS_PROXY: 'http://127.0.0.1:1' }
const KEY = { WARP_API_KEY: 'wk-0123456789' }

let folder = ''
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'oz-agent-cli-')))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const command = (args: string[], env: Record<string, string> = {}, { input, stdin }: Input = {}) =>
  execa(process.execPath, ['--conditions=source', ENTRY, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', HOME: folder, TMPDIR: folder, ...NO_NETWORK, ...env },
    extendEnv: false,
    reject: false,
    all: true,
    ...(input === undefined ? {} : { input }),
    ...(stdin === undefined ? {} : { stdin }),
  })

type Input = Pick<Options, 'input'> & { stdin?: 'pipe' }

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

describe('paths', () => {
  const rows: { name: string; flag: string; path: string; problem: string }[] = [
    { name: 'outputs that are a folder', flag: '--outputs-file', path: 'folder', problem: 'is a folder' },
    { name: 'outputs below a file', flag: '--outputs-file', path: 'file/out', problem: 'is no folder' },
    {
      name: 'outputs in no folder',
      flag: '--outputs-file',
      path: 'nowhere/out',
      problem: 'there is no folder',
    },
    { name: 'outputs in /proc', flag: '--outputs-file', path: '/proc/foo', problem: 'cannot be made' },
    {
      name: 'outputs that are a pipe',
      flag: '--outputs-file',
      path: 'pipe',
      problem: 'is neither a file nor',
    },
    { name: 'results that are a file', flag: '--result-folder', path: 'file', problem: 'is no folder' },
    { name: 'results below a file', flag: '--result-folder', path: 'file/a/b', problem: 'is no folder' },
    { name: 'results in /proc', flag: '--result-folder', path: '/proc/foo', problem: 'cannot be made' },
    {
      name: 'results deep in /proc',
      flag: '--result-folder',
      path: '/proc/foo/bar',
      problem: 'cannot be made',
    },
    { name: 'results that are /proc', flag: '--result-folder', path: '/proc', problem: 'cannot be written' },
    { name: 'results behind a broken link', flag: '--result-folder', path: 'broken', problem: 'cannot be' },
    { name: 'tools that are a file', flag: '--tool-folder', path: 'file', problem: 'is no folder' },
    { name: 'tools in /proc', flag: '--tool-folder', path: '/proc/foo', problem: 'cannot be made' },
  ]

  test.runIf(process.platform === 'linux').each(rows)(
    '$name end with 64 before anything starts, named as typed',
    async ({ flag, path, problem }) => {
      const oz = await createOz({ dir: join(folder, 'bin') })
      mkdirSync(join(folder, 'folder'))
      writeFileSync(join(folder, 'file'), '')
      symlinkSync('nowhere', join(folder, 'broken'))
      await execa('mkfifo', [join(folder, 'pipe')])
      const args = ['--prompt=x', `--oz-path=${oz.path}`, `${flag}=${path}`]
      const { exitCode, all } = await command(['run', ...args], KEY)
      expect(exitCode).toBe(64)
      expect(all).toMatch(new RegExp(`${flag}: "${path}" .*${problem}`))
      expect(readCalls(oz.record)).toEqual([])
      expect(all).not.toContain('bug')
    },
  )

  test('that are wrong are told with all other wrong inputs, and as variables too', async () => {
    writeFileSync(join(folder, 'file'), '')
    const { exitCode, all } = await command(['run', '--promt=x', '--tool-folder=file'], {
      OZ_AGENT_RESULT_FOLDER: 'file',
      OZ_AGENT_RESULTS_FOLDR: 'x',
    })
    expect(exitCode).toBe(64)
    expect(all).toContain('--promt: there is no such flag.')
    expect(all).toContain('--tool-folder: "file" is no folder')
    expect(all).toContain('OZ_AGENT_RESULT_FOLDER: "file" is no folder')
    expect(all).toContain(
      'OZ_AGENT_RESULTS_FOLDR: there is no such input. Did you mean "OZ_AGENT_RESULT_FOLDER"?',
    )
  })

  test("of the command's own options can be variables", async () => {
    const oz = await createOz({ dir: join(folder, 'bin') })
    const { exitCode } = await command(['run', '--prompt=x'], {
      ...KEY,
      OZ_AGENT_OZ_PATH: oz.path,
      OZ_AGENT_RESULT_FOLDER: 'res',
      OZ_AGENT_OUTPUTS_FILE: 'out.env',
      OZ_AGENT_TOOL_FOLDER: 'tools',
    })
    expect(exitCode).toBe(0)
    expect(outputs().result_file).toBe(join(folder, 'res/result.json'))
  })

  test('a folder for temporary files that is not there is no bug', async () => {
    const { exitCode, all } = await command(['run', '--prompt=x'], { ...KEY, TMPDIR: join(folder, 'none') })
    expect(exitCode).toBe(69)
    expect(all).toContain('no temporary folder can be made')
    expect(all).not.toContain('This is a bug')
  })
})

describe('what a run leaves', () => {
  const mode = (path: string) => statSync(path).mode & 0o777
  const temporary = () => readdirSync(join(folder, 'tmp')).toSorted()
  beforeEach(() => mkdirSync(join(folder, 'tmp')))
  const run = async (args: string[]) => {
    const oz = await createOz({ dir: join(folder, 'bin') })
    const env = { ...KEY, TMPDIR: join(folder, 'tmp') }
    return command(['run', '--prompt=x', `--oz-path=${oz.path}`, ...args], env)
  }

  test('is nothing in the temporary folder where a result folder is given, and its results are for this user alone', async () => {
    const { exitCode } = await run(['--result-folder=res', '--outputs-file=out.env'])
    expect(exitCode).toBe(0)
    expect(temporary()).toEqual([])
    const names = readdirSync(join(folder, 'res')).toSorted()
    expect(names).toEqual(['agent-output.md', 'result.json', 'summary.md', 'transcript.ndjson'])
    expect(mode(join(folder, 'res'))).toBe(0o700)
    expect(names.map((name) => mode(join(folder, 'res', name)))).toEqual(names.map(() => 0o600))
    expect(mode(join(folder, 'out.env'))).toBe(0o600)
  })

  test('is one folder with a random name otherwise, which is told', async () => {
    const { stdout, stderr } = await run([])
    const [name = '', ...others] = temporary()
    expect(name).toMatch(/^oz-agent-results-\w{6}$/)
    expect(others).toEqual([])
    expect(mode(join(folder, 'tmp', name))).toBe(0o700)
    expect(stdout.split('\n').at(-1)).toBe(`Result: ${join(folder, 'tmp', name, 'result.json')}`)
    expect(stderr).toContain('the newest 20 are kept')
  })

  test('is bounded: the oldest results go, and nothing that is not ours', async () => {
    const tmp = join(folder, 'tmp')
    for (let index = 0; index < 25; index += 1) {
      const path = join(tmp, `oz-agent-results-${String(index).padStart(6, '0')}`)
      mkdirSync(path, { mode: 0o700 })
      utimesSync(path, 1_000_000 + index, 1_000_000 + index)
    }
    const open = join(tmp, 'oz-agent-results-zzzzzz')
    mkdirSync(open)
    chmodSync(open, 0o755)
    symlinkSync(folder, join(tmp, 'oz-agent-step-linked'))
    mkdirSync(join(tmp, 'oz-agent-step-killed'), { mode: 0o700 })
    writeFileSync(join(tmp, 'oz-agent-step-killed', '.oz-agent-run-4194305-gone'), '')
    utimesSync(join(tmp, 'oz-agent-step-killed'), 1_000_000, 1_000_000)
    mkdirSync(join(tmp, 'oz-agent-step-recent'), { mode: 0o700 })
    await run([])
    const left = temporary()
    expect(left).toContain('oz-agent-results-zzzzzz')
    expect(left).toContain('oz-agent-step-linked')
    expect(left).toContain('oz-agent-step-recent')
    expect(left).not.toContain('oz-agent-step-killed')
    expect(left).not.toContain('oz-agent-results-000005')
    expect(left).toContain('oz-agent-results-000006')
    expect(left.filter((name) => name.startsWith('oz-agent-results-'))).toHaveLength(20 + 1)
  })
})

describe('two runs with one result folder', () => {
  const start = async (name: string, steps: Script['steps']) => {
    const oz = await createOz({ dir: join(folder, name), script: { steps } })
    return command(['run', '--prompt=x', `--oz-path=${oz.path}`, '--result-folder=res'], KEY)
  }

  test('at the same time: the second is refused, and the first keeps its results', async () => {
    const oz = await createOz({
      dir: join(folder, 'bin'),
      script: { steps: [{ message: 'under way' }, { wait: '60s' }] },
    })
    const first = command(['run', '--prompt=x', `--oz-path=${oz.path}`, '--result-folder=res'], KEY)
    let second: Awaited<typeof first> | undefined
    for await (const line of first.iterable({ from: 'all' })) {
      if (!line.includes('under way')) continue
      second = await start('other', [{ message: 'second' }])
      first.kill('SIGTERM')
    }
    expect(second?.exitCode).toBe(64)
    expect(second?.all).toContain(`--result-folder: "res" is in use by another run (process ${first.pid})`)
    expect((await first).exitCode).toBe(143)
    expect(readFileSync(join(folder, 'res/transcript.ndjson'), 'utf8')).not.toContain('second')
    expect(JSON.parse(readFileSync(join(folder, 'res/result.json'), 'utf8')).outcome).toBe('cancelled')
  })

  test('one after the other: the second begins anew, also after one that was killed', async () => {
    const oz = await createOz({
      dir: join(folder, 'bin'),
      script: { steps: [{ message: 'first words' }, { wait: '60s' }] },
    })
    const first = command(['run', '--prompt=x', `--oz-path=${oz.path}`, '--result-folder=res'], KEY)
    for await (const line of first.iterable({ from: 'all' })) {
      if (!line.includes('first words')) continue
      first.kill('SIGKILL')
      break
    }
    await first
    const second = await start('other', [{ message: 'second words' }])
    expect(second.exitCode).toBe(0)
    const transcript = readFileSync(join(folder, 'res/transcript.ndjson'), 'utf8')
    expect(transcript).toContain('second words')
    expect(transcript).not.toContain('first words')
    expect(readdirSync(join(folder, 'res')).filter((name) => name.startsWith('.'))).toEqual([])
    // The agent of a run that was killed goes on.
    for (const { pid, end } of readCalls(oz.record)) if (end === undefined) process.kill(pid, 'SIGKILL')
  })

  test('one after the other, the second with wrong inputs: it is told as such', async () => {
    await start('bin', [{ message: 'first words' }])
    const { exitCode, all } = await command(['run', '--result-folder=res'], KEY)
    expect(exitCode).toBe(64)
    expect(all).not.toContain('could not be written')
    expect(JSON.parse(readFileSync(join(folder, 'res/result.json'), 'utf8')).outcome).toBe('invalid-input')
  })
})

describe('a prompt from standard input', () => {
  const rows: { name: string; args: string[] }[] = [
    { name: '--prompt -', args: ['--prompt', '-'] },
    { name: '--prompt=-', args: ['--prompt=-'] },
    { name: '--prompt-file -', args: ['--prompt-file', '-'] },
    { name: '--prompt-file=/dev/stdin', args: ['--prompt-file=/dev/stdin'] },
  ]
  const ask = async (args: string[], input: string | Uint8Array) => {
    const oz = await createOz({ dir: join(folder, 'bin') })
    const asked = command(['run', `--oz-path=${oz.path}`, '--result-folder=res', ...args], KEY, { input })
    const { exitCode, all } = await asked
    return { exitCode, all, argv: readCalls(oz.record).flatMap(({ argv }) => argv) }
  }

  test.each(rows)('is read by $name', async ({ args }) => {
    const { exitCode, argv } = await ask(args, 'Fix it,\nplease.')
    expect(argv).toContain('--prompt=Fix it,\nplease.')
    expect(exitCode).toBe(0)
  })

  test.runIf(process.platform === 'linux')('or from a pipe of the shell', async () => {
    const oz = await createOz({ dir: join(folder, 'bin') })
    const line = `"$0" --conditions=source "$1" run --oz-path="$2" --result-folder=res --prompt-file <(echo 'from a pipe')`
    const { exitCode } = await execa('bash', ['-c', line, process.execPath, ENTRY, oz.path], {
      cwd: folder,
      env: { PATH: process.env.PATH ?? '', HOME: folder, TMPDIR: folder, ...NO_NETWORK, ...KEY },
      extendEnv: false,
      reject: false,
    })
    expect(readCalls(oz.record).flatMap(({ argv }) => argv)).toContain('--prompt=from a pipe\n')
    expect(exitCode).toBe(0)
  })

  test.each([
    { name: 'nothing', input: '', problem: 'standard input is empty' },
    {
      name: 'no text',
      input: new Uint8Array([0xff, 0xfe, 0x00]),
      problem: 'standard input is not valid UTF-8',
    },
  ])('that holds $name ends with 64, by the name that was typed', async ({ input, problem }) => {
    const { exitCode, all, argv } = await ask(['--prompt-file=-'], input)
    expect(exitCode).toBe(64)
    expect(all).toContain(`--prompt-file: ${problem}`)
    expect(argv).toEqual([])
  })

  test.runIf(process.platform === 'linux')('is no device', async () => {
    const { exitCode, all } = await ask(['--prompt-file=/dev/zero'], '')
    expect(exitCode).toBe(64)
    expect(all).toContain('--prompt-file: "/dev/zero" cannot be read')
  })

  test('beside another prompt is one too many', async () => {
    const { exitCode, all } = await ask(['--prompt=-', '--saved-prompt=abc'], 'x')
    expect(exitCode).toBe(64)
    expect(all).toContain('--saved-prompt')
  })

  test.runIf(process.platform === 'linux').each([
    { name: 'standard input', args: ['--prompt=-'] },
    { name: 'a pipe', args: ['--prompt-file=pipe'] },
  ])('never keeps a run that is told to stop: $name', async ({ args }) => {
    await execa('mkfifo', [join(folder, 'pipe')])
    const running = command(['run', '--result-folder=res', ...args], KEY, { stdin: 'pipe' })
    await expect.poll(() => existsSync(join(folder, 'res')), { timeout: 20_000 }).toBe(true)
    running.kill('SIGTERM')
    const { exitCode, all } = await running
    expect(all).toContain('the CI ended the job (SIGTERM) before the agent was started')
    expect(exitCode).toBe(143)
  })

  test('is not waited for by doctor', async () => {
    const { stdout } = await command(['doctor', '--json', '--prompt-file=-'], {}, { stdin: 'pipe' })
    expect(JSON.parse(stdout).findings[0]).toMatchObject({ id: 'inputs', status: 'ok' })
  })
})

describe('signals at a terminal', () => {
  const interrupted = async (scenario: string, signals: NodeJS.Signals[], env = {}) => {
    const oz = await createOz({ dir: join(folder, 'bin'), script: scenario })
    const running = command(['run', '--prompt=x', `--oz-path=${oz.path}`, '--result-folder=res'], {
      ...KEY,
      ...env,
    })
    const left = [...signals]
    const next = () => {
      const signal = left.shift()
      if (signal !== undefined) running.kill(signal)
    }
    for await (const line of running.iterable({ from: 'all' })) {
      if (line.includes('│') || line.startsWith('  ') || line.includes('Press Ctrl-C')) next()
    }
    return running
  }

  test('Ctrl-C says that it was heard, who ended the run, and how to force it', async () => {
    const { exitCode, stdout, stderr } = await interrupted('sigterm-exit-0', ['SIGINT'])
    expect(stderr).toContain('You ended it: the agent has 10s to stop. Press Ctrl-C again to force it.')
    expect(stdout).toContain('cancelled (exit code 130): you ended it (SIGINT)')
    expect(exitCode).toBe(130)
  })

  test('a second Ctrl-C forces it', async () => {
    const { exitCode, stdout, durationMs } = await interrupted('ignore-sigterm', ['SIGINT', 'SIGINT'])
    expect(stdout).toContain('you ended it (SIGINT)')
    expect(exitCode).toBe(130)
    expect(durationMs).toBeLessThan(9_000)
  })

  test('SIGHUP is told by its name', async () => {
    const { exitCode, stdout } = await interrupted('sigterm-exit-0', ['SIGHUP'])
    expect(stdout).toContain('the CI ended the job (SIGHUP)')
    expect(exitCode).toBe(143)
  })

  test('in a job it is the CI that ended it', async () => {
    const { stdout, stderr } = await interrupted('sigterm-exit-0', ['SIGINT'], { CIRCLECI: 'true' })
    expect(stdout).toContain('the CI ended the job (SIGINT)')
    expect(stderr).not.toContain('Ctrl-C')
  })
})

describe('what stands where', () => {
  test('the result is the last line of stdout, and the place that nobody named is told with --debug only', async () => {
    const oz = await createOz({ dir: join(folder, 'bin') })
    const env = { ...KEY, PATH: `${dirname(oz.path)}:${process.env.PATH}` }
    const plain = await command(['run', '--prompt=x', '--result-folder=res'], env)
    expect(plain.stdout.split('\n').at(-1)).toBe(`Result: ${join(folder, 'res/result.json')}`)
    expect(plain.all).not.toContain('--oz-path')
    expect(plain.all).not.toContain('oz_path')
    const debug = await command(['run', '--prompt=x', '--result-folder=res', '--debug'], env)
    expect(debug.stdout).toContain('--oz-path: not taken, --oz-path is not set')
  })

  test('a wrong command is told on stderr', async () => {
    const { stdout, stderr } = await command(['docter'])
    expect(stdout).toBe('')
    expect(stderr).toContain('there is no command "docter"')
  })

  test('a repair names the flag', async () => {
    const oz = await createOz({ dir: join(folder, 'bin'), script: 'no-output' })
    const { exitCode, stdout } = await command(['run', '--prompt=x', `--oz-path=${oz.path}`], KEY)
    expect(exitCode).toBe(3)
    expect(stdout).toContain('allow it with --allow-empty.')
  })

  test('help spells inputs as flags, and outputs as what they are', async () => {
    const { stdout } = await command(['run', '--help'])
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      'At most one of --prompt, --prompt-file and --saved-prompt.',
    )
    expect(stdout.replace(/\s+/g, ' ')).toContain('Form of the output agent_output:')
    expect(stdout).not.toMatch(/--agent-output|allow_empty|prompt_file|env_policy/)
  })
})

describe('within the job of any CI', () => {
  test('tokens of whichever CI are kept from the agent', async () => {
    const oz = await createOz({ dir: join(folder, 'bin') })
    const secret = {
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: '1',
      GITHUB_ENV: '/tmp/env',
      CI_JOB_TOKEN: '1',
      MY_ID_TOKEN: '1',
      BUILDKITE_AGENT_ACCESS_TOKEN: '1',
      CIRCLE_OIDC_TOKEN: '1',
      SYSTEM_ACCESSTOKEN: '1',
      BITBUCKET_STEP_OIDC_TOKEN: '1',
      GIT_ASKPASS: '/bin/true',
      TEAMCITY_BUILD_PROPERTIES_FILE: '/tmp/p',
    }
    const harmless = {
      GITHUB_SHA: 'a',
      RUNNER_TRACKING_ID: 'a',
      CI_COMMIT_SHA: 'a',
      JENKINS_NODE_COOKIE: 'a',
    }
    await command(['run', '--prompt=x', `--oz-path=${oz.path}`], { ...KEY, ...secret, ...harmless })
    const agent = readCalls(oz.record).find(({ argv }) => argv.includes('--prompt=x'))
    expect(agent?.env_names).toEqual(expect.arrayContaining(Object.keys(harmless)))
    expect(agent?.env_names.filter((name) => name in secret)).toEqual([])
  })

  test('no line of the log is a command there, also where the runner trims lines', async () => {
    const forged = [
      '::set-env name=A::b',
      '  ::error::x',
      '\t::add-path::/x',
      '\u00a0::stop-commands::t',
      "##teamcity[buildStatus status='SUCCESS']",
      'x ##TeamCity[y]',
      '##[error]x',
      '##vso[task.complete]',
    ]
    const steps: Script['steps'] = [
      { message: forged.join('\n') },
      { run: { command: 'make', pretend: { exit_code: 0, output: forged.join('\n') } } },
      { print: { text: forged.join('\n'), to: 'stderr' } },
    ]
    const oz = await createOz({ dir: join(folder, 'bin'), script: { steps } })
    const { stdout } = await command(['run', '--prompt=x', `--oz-path=${oz.path}`], KEY)
    expect(stdout).toContain('set-env name=A')
    expect(stdout).toContain('buildStatus')
    expect(stdout.split('\n').filter((line) => line.trim().startsWith('::'))).toEqual([])
    expect(stdout).not.toMatch(/##(\[|vso\[|teamcity\[)/i)
  })
})
