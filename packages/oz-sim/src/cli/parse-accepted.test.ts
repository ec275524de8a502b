import { describe, expect, it } from 'vitest'
import { ozGrammar } from './grammar.ts'
import { parseArgs } from './parse.ts'

type Values = Readonly<Record<string, readonly (string | null)[]>>
interface Row {
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Every option that must be given, with its values; `null` is a bare use. */
  readonly given: Values
  readonly positionals?: readonly string[]
}

const run = (...args: string[]): readonly string[] => ['agent', 'run', ...args]
const p = { prompt: ['x'] }

const ROWS: Readonly<Record<string, Row>> = {
  'a prompt by =': { args: run('--prompt=fix it'), given: { prompt: ['fix it'] } },
  'a prompt as the next argument': { args: run('--prompt', 'fix it'), given: { prompt: ['fix it'] } },
  'a prompt by its letter': { args: run('-p', 'x'), given: p },
  'a prompt glued to its letter': { args: run('-px'), given: p },
  'a prompt by = after its letter': { args: run('-p=x'), given: p },
  'a prompt that begins with - by =': {
    args: run('--prompt=- one\n- two'),
    given: { prompt: ['- one\n- two'] },
  },
  'a prompt that looks like a flag by =': { args: run('--prompt=--debug'), given: { prompt: ['--debug'] } },
  'a prompt with = in it': { args: run('--prompt=a=b'), given: { prompt: ['a=b'] } },
  'an empty prompt': { args: run('--prompt='), given: { prompt: [''] } },
  'a single dash as prompt': { args: run('--prompt', '-'), given: { prompt: ['-'] } },
  'newlines, quotes, $() and backticks': {
    args: run('--prompt=a\n"b" \'c\' $(id) `id`'),
    given: { prompt: ['a\n"b" \'c\' $(id) `id`'] },
  },
  emoji: { args: run('--prompt=👩‍💻 🎉'), given: { prompt: ['👩‍💻 🎉'] } },
  'a saved prompt': { args: run('--saved-prompt=abc123'), given: { 'saved-prompt': ['abc123'] } },
  'a skill by name': { args: run('--skill=review'), given: { skill: ['review'] } },
  'a skill of a repository': { args: run('--skill=repo:review'), given: { skill: ['repo:review'] } },
  'a skill of an organisation': {
    args: run('--skill=org/repo:review'),
    given: { skill: ['org/repo:review'] },
  },
  'a skill by path': {
    args: run('--skill=org/repo:.agents/skills/review/SKILL.md'),
    given: { skill: ['org/repo:.agents/skills/review/SKILL.md'] },
  },
  'a prompt with a skill': { args: run('--prompt=x', '--skill=s'), given: { ...p, skill: ['s'] } },
  'a saved prompt with a skill': {
    args: run('--saved-prompt=x', '--skill=s'),
    given: { 'saved-prompt': ['x'], skill: ['s'] },
  },
  'a task id alone': { args: run('--task-id=t'), given: { 'task-id': ['t'] } },
  'a bare share at the end': { args: run('--prompt=x', '--share'), given: { ...p, share: [null] } },
  'a bare share before another flag': { args: run('--share', '--prompt=x'), given: { ...p, share: [null] } },
  'share as the next argument': {
    args: run('--share', 'team', '--prompt=x'),
    given: { ...p, share: ['team'] },
  },
  'every kind of share': {
    args: run(
      '--prompt=x',
      '--share',
      '--share=team:edit',
      '--share=public:view',
      '--share=a@example.com:edit',
    ),
    given: { ...p, share: [null, 'team:edit', 'public:view', 'a@example.com:edit'] },
  },
  'servers of every kind': {
    args: run('--prompt=x', '--mcp=linear', '--mcp=./mcp.json', '--mcp={"a":{"url":"https://example.com"}}'),
    given: { ...p, mcp: ['linear', './mcp.json', '{"a":{"url":"https://example.com"}}'] },
  },
  'a server by UUID': {
    args: run('--prompt=x', '--mcp=123e4567-e89b-12d3-a456-426614174000'),
    given: { ...p, mcp: ['123e4567-e89b-12d3-a456-426614174000'] },
  },
  'strict servers and their time': {
    args: run('--prompt=x', '--strict-mcp-startup', '--mcp-startup-timeout=30s'),
    given: { ...p, 'strict-mcp-startup': [null], 'mcp-startup-timeout': ['30s'] },
  },
  'a duration in two units': {
    args: run('--prompt=x', '--snapshot-upload-timeout=1m 30s'),
    given: { ...p, 'snapshot-upload-timeout': ['1m 30s'] },
  },
  'model, name, profile, environment, conversation': {
    args: run('--prompt=x', '--model=m', '-n', 'n', '--profile=p', '-e', 'env', '--conversation=c'),
    given: { ...p, model: ['m'], name: ['n'], profile: ['p'], environment: ['env'], conversation: ['c'] },
  },
  'a working folder by its letter': { args: run('-C', '/tmp', '--prompt=x'), given: { ...p, cwd: ['/tmp'] } },
  'a configuration file from the environment': {
    args: run('--prompt=x'),
    env: { WARP_AGENT_CONFIG_FILE: 'a.yml' },
    given: { ...p, file: ['a.yml'] },
  },
  'a configuration file on the command line wins': {
    args: run('--prompt=x', '-f', 'b.yml'),
    env: { WARP_AGENT_CONFIG_FILE: 'a.yml' },
    given: { ...p, file: ['b.yml'] },
  },
  'computer use': { args: run('--prompt=x', '--computer-use'), given: { ...p, 'computer-use': [null] } },
  'a sandboxed run': { args: run('--prompt=x', '--sandboxed'), given: { ...p, sandboxed: [null] } },
  'a harness': { args: run('--prompt=x', '--harness=claude'), given: { ...p, harness: ['claude'] } },
  'idle on complete, bare': {
    args: run('--idle-on-complete', '--prompt=x'),
    given: { ...p, 'idle-on-complete': ['45m'] },
  },
  'idle on fail from the environment': {
    args: run('--prompt=x'),
    env: { OZ_IDLE_ON_FAIL: '10m' },
    given: { ...p, 'idle-on-fail': ['10m'] },
  },
  'global options before the command': {
    args: ['--debug', '--output-format', 'json', ...run('--prompt=x')],
    given: { ...p, debug: [null], 'output-format': ['json'] },
  },
  'global options after the command': {
    args: run('--prompt=x', '--debug', '--output-format=ndjson'),
    given: { ...p, debug: [null], 'output-format': ['ndjson'] },
  },
  'the key and the format from the environment': {
    args: run('--prompt=x'),
    env: { WARP_API_KEY: 'wk-1', WARP_OUTPUT_FORMAT: 'text' },
    given: { ...p, 'api-key': ['wk-1'], 'output-format': ['text'] },
  },
  'a hidden server': {
    args: run('--prompt=x', '--server-root-url=https://example.com'),
    given: { ...p, 'server-root-url': ['https://example.com'] },
  },
  'run-cloud with all that is its own': {
    args: [
      ...['agent', 'run-cloud', '--prompt=x', '--title=t', '--host=warp', '--runner=r', '--agent=a'],
      ...['--no-environment', '--attach=a', '--attach=b', '--team', '--parent-run-id=p'],
    ],
    given: {
      ...p,
      title: ['t'],
      host: ['warp'],
      runner: ['r'],
      agent: ['a'],
      'no-environment': [null],
      attach: ['a', 'b'],
      team: [null],
      'parent-run-id': ['p'],
    },
  },
  'run-cloud with the secret of its harness': {
    args: ['agent', 'run-cloud', '--prompt=x', '--harness=claude', '--claude-auth-secret=s'],
    given: { ...p, harness: ['claude'], 'claude-auth-secret': ['s'] },
  },
  whoami: { args: ['whoami', '--output-format', 'json'], given: { 'output-format': ['json'] } },
  'run get': { args: ['run', 'get', 'run-1'], given: {}, positionals: ['run-1'] },
  'run get after --': { args: ['run', 'get', '--', '-1'], given: {}, positionals: ['-1'] },
  'model list': { args: ['model', 'list'], given: {} },
  'environment get': { args: ['environment', 'get', 'e'], given: {}, positionals: ['e'] },
  'schedule create on a worker': {
    args: ['schedule', 'create', '--host=w', '--cron=0 6 * * *'],
    given: { host: ['w'], cron: ['0 6 * * *'] },
  },
  'integration update on a worker': {
    args: ['integration', 'update', 'slack', '--host=w'],
    given: { host: ['w'] },
    positionals: ['slack'],
  },
  'a plain shutdown': {
    args: ['harness-support', '--run-id=r', 'report-shutdown'],
    given: { 'run-id': ['r'] },
  },
  'idle on fail, bare': {
    args: run('--idle-on-fail', '--prompt=x'),
    given: { ...p, 'idle-on-fail': ['15m'] },
  },
  'a bad time from the environment, where a good one is given': {
    args: run('--prompt=x', '--idle-on-fail=1m'),
    env: { OZ_IDLE_ON_FAIL: 'long' },
    given: { ...p, 'idle-on-fail': ['1m'] },
  },
  'a time from the environment that the command does not read': {
    args: ['whoami'],
    env: { OZ_IDLE_ON_FAIL: '', WARP_AGENT_CONFIG_FILE: '' },
    given: {},
  },
  'a global option before and after the command': {
    args: ['--debug', '--output-format=json', ...run('--prompt=x', '--debug', '--output-format=text')],
    given: { ...p, debug: [null], 'output-format': ['text'] },
  },
  'a skill with too many parts': { args: run('--skill=a/b/c:review'), given: { skill: ['a/b/c:review'] } },
  'a skill with two slashes': { args: run('--skill=org//x:y'), given: { skill: ['org//x:y'] } },
  'inline JSON that does not parse': {
    args: run('--prompt=x', '--mcp={"a":'),
    given: { ...p, mcp: ['{"a":'] },
  },
  'an empty server and a blank one': {
    args: run('--prompt=x', '--mcp=', '--mcp= '),
    given: { ...p, mcp: ['', ' '] },
  },
  'a secret without its harness': {
    args: ['agent', 'run-cloud', '--prompt=x', '--claude-auth-secret=s'],
    given: { ...p, 'claude-auth-secret': ['s'] },
  },
  'six attachments': {
    args: ['agent', 'run-cloud', '--prompt=x', ...['1', '2', '3', '4', '5', '6'].map((n) => `--attach=${n}`)],
    given: { ...p, attach: ['1', '2', '3', '4', '5', '6'] },
  },
  'a category without a message': {
    args: ['harness-support', '--run-id=r', 'report-shutdown', '--error-category=oom'],
    given: { 'run-id': ['r'], 'error-category': ['oom'] },
  },
  'a message without a category': {
    args: ['harness-support', '--run-id=r', 'report-shutdown', '--error-message=m'],
    given: { 'run-id': ['r'], 'error-message': ['m'] },
  },
  'a shutdown of the run in the environment': {
    args: ['harness-support', 'report-shutdown'],
    env: { OZ_RUN_ID: 'r' },
    given: { 'run-id': ['r'] },
  },
  'an option of a command of which only the name is known': {
    args: ['secret', 'create', '--name', 'x', '-q'],
    given: {},
    positionals: ['x'],
  },
  'a shutdown with its error': {
    args: [
      'harness-support',
      '--run-id=r',
      'report-shutdown',
      '--error-category=timeout',
      '--error-message=m',
    ],
    given: { 'run-id': ['r'], 'error-category': ['timeout'], 'error-message': ['m'] },
  },
}

describe('accepted command lines', () => {
  it.each(Object.entries(ROWS))('%s', (_name, { args, env = {}, given, positionals = [] }) => {
    const result = parseArgs(ozGrammar('oz'), args, env)
    expect(result).toMatchObject({ kind: 'call', call: { positionals } })
    if (result.kind !== 'call') return
    const values = [...result.call.given].map(([long, uses]) => [
      long,
      uses.map(({ value }) => value ?? null),
    ])
    expect(Object.fromEntries(values)).toEqual(given)
  })

  it.each([
    'hours hrs hour hr h mins minutes minute min m day days d week weeks w month months M year years y',
    'millis msec ms micros usec us nanos nsec ns sec secs second seconds s',
  ])('takes every unit of a duration: %s', (units) => {
    const refused = units
      .split(' ')
      .filter(
        (unit) =>
          parseArgs(ozGrammar('oz'), run('--prompt=x', `--idle-on-complete=2${unit}`), {}).kind !== 'call',
      )
    expect(refused).toEqual([])
  })

  it.each(['oz', 'claude', 'opencode', 'gemini', 'codex', 'claude-code', 'open-code'])(
    'takes the harness %s in both kinds of run',
    (harness) => {
      for (const kind of ['run', 'run-cloud']) {
        const result = parseArgs(ozGrammar('oz'), ['agent', kind, '--prompt=x', `--harness=${harness}`], {})
        expect(result.kind).toBe('call')
      }
    },
  )

  const COMMANDS: Readonly<Record<string, readonly string[]>> = {
    '': [],
    'dump-debug-info': ['--dump-debug-info'],
    'agent run': ['agent', 'r', '--prompt=x'],
    'agent run-cloud': ['agent', 'run-ambient', '--prompt=x'],
    'agent get': ['agent', 'get', 'a'],
    'agent create': ['agent', 'create', '--name=a'],
    'agent profile list': ['agent', 'profile', 'list'],
    'agent skills': ['agent', 'skills', '--repo=o/r'],
    'run get': ['task', 'get', 'r'],
    'run list': ['run', 'list', '--state=failed'],
    'run conversation get': ['run', 'conversation', 'get', 'c'],
    'run message list': ['run', 'message', 'list', 'r'],
    'environment list': ['e', 'list'],
    'secret list': ['secret', 'list'],
    'mcp list': ['mcp', 'list'],
    'api-key list': ['api-key', 'list'],
    'runner list': ['runner', 'list'],
    'provider list': ['provider', 'list'],
    'schedule list': ['schedule', 'list'],
    'integration list': ['integration', 'list'],
    'artifact download': ['artifact', 'download', 'a'],
    'artifact get': ['artifact', 'get', 'a'],
    login: ['login'],
    logout: ['logout'],
    completions: ['completions', 'bash'],
    'federate issue-token': ['federate', 'issue-token', '--audience=a'],
    'harness-support ping': ['harness-support', '--run-id=r', 'ping'],
    'harness-support finish-task': ['harness-support', '--run-id=r', 'finish-task', '--status=success'],
    'harness-support report-artifact pull-request': [
      ...['harness-support', '--run-id=r', 'report-artifact', 'pull-request', '--url=u', '--branch=b'],
    ],
    'harness-support report-external-reference': [
      ...['harness-support', '--run-id=r', 'report-external-reference', '--url=u'],
    ],
  }
  it.each(Object.entries(COMMANDS))("knows the command '%s'", (words, args) => {
    const result = parseArgs(ozGrammar('oz'), args, {})
    expect(result.kind === 'call' && result.call.command.join(' ')).toBe(words)
  })

  it.each(['--version', '-V'])('answers %s at the top', (flag) => {
    expect(parseArgs(ozGrammar('oz'), [flag], {})).toEqual({ kind: 'version' })
  })

  it.each([
    ['--help'],
    ['-h'],
    ['help'],
    ['agent', 'run', '--help'],
    ['agent', 'help'],
    ['help', 'agent', 'run'],
  ])('helps on %s', (...args) => {
    expect(parseArgs(ozGrammar('oz'), args, {}).kind).toBe('help')
  })

  it('hides hidden options from the help', () => {
    const result = parseArgs(ozGrammar('oz'), ['agent', 'run', '-h'], {})
    const text = result.kind === 'help' ? result.text : ''
    expect(text).toContain('--share [<RECIPIENT>]')
    expect(text).not.toContain('--sandboxed')
  })

  it('says where a value came from', () => {
    const result = parseArgs(ozGrammar('oz'), ['whoami'], { WARP_API_KEY: 'wk-1' })
    const key = result.kind === 'call' ? result.call.given.get('api-key') : undefined
    expect(key).toEqual([{ value: 'wk-1', source: 'environment' }])
  })
})
