import { expect, test } from 'vitest'
import { readCommandLine } from './command-line.ts'
import { optionsOf } from './options.ts'
import { readOptions } from './read-options.ts'

const SHA = 'a'.repeat(64)

function problemsOf(args: readonly string[], sha256: string | undefined = SHA): readonly string[] {
  const line = readCommandLine(args)
  if (!('command' in line)) return 'help' in line ? [] : line.problems
  const reading = readOptions(line, sha256)
  return reading.ok ? [] : reading.problems
}

test.for<[string, string[], string]>([
  [
    'no command',
    [],
    'no command given: expected one of generate, init, upgrade, uninstall, component, check.',
  ],
  [
    'an unknown command',
    ['generat'],
    'there is no command generat: expected one of generate, init, upgrade, uninstall, component, check. Did you mean "generate"?',
  ],
  [
    'an unknown option',
    ['generate', '--imgae=x'],
    '--imgae: generate has no such option. Did you mean "image"?',
  ],
  ['a short option', ['generate', '-x'], '-x: generate has no such option.'],
  [
    'an option of another command',
    ['generate', '--template-path=x'],
    '--template-path: generate has no such option.',
  ],
  ['an option without its value', ['generate', '--stage', '--cache'], '--stage: expected NAME after it'],
  ['a switch with a value', ['generate', '--cache=yes'], '--cache: is a switch and takes no value'],
  ['an option twice', ['generate', '--stage=a', '--stage=b'], '--stage: given twice'],
  ['files where none are taken', ['init', 'here'], 'here: init takes no files'],
  [
    'a version that is none',
    ['generate', '--gitlab-version=new'],
    '--gitlab-version: expected a version such as 17.9, got "new"',
  ],
  [
    'a version that is too old',
    ['generate', '--gitlab-version=15.11'],
    '--gitlab-version: 15.11 is too old: templates with inputs need GitLab 16.0 or later',
  ],
  [
    'a component before there were any',
    ['component', '--gitlab-version=16.9', '--program=image'],
    '--gitlab-version: 16.9 has no components: they came with GitLab 17.0',
  ],
  [
    'a component with a vendored program',
    ['component'],
    '--program: only YAML of a component reaches its users: expected download or image, got "vendored"',
  ],
  [
    'a download without https',
    ['generate', '--program=download', '--program-url=http://x/y'],
    '--program-url: expected the https URL of the program, got "http://x/y"',
  ],
  [
    'a program outside of the repository',
    ['generate', '--program-path=../x.mjs'],
    '--program-path: expected a path in the repository that ends in .mjs, got "../x.mjs"',
  ],
  [
    'a relative path in an image',
    ['generate', '--program=image', '--program-path=x.mjs'],
    '--program-path: expected an absolute path, got "x.mjs"',
  ],
  [
    'a hidden job',
    ['generate', '--job-prefix=.', '--job-name=x'],
    '--job-name: ".x" begins with a dot: GitLab would hide the job',
  ],
  [
    'a keyword for a job',
    ['generate', '--job-name=stages'],
    '--job-name: "stages" is a word of GitLab\'s own',
  ],
  [
    'an unknown trigger',
    ['generate', '--on=schedul'],
    '--on: expected one of merge-request, schedule, web, mention, default-branch, child, failure, manual, got "schedul". Did you mean "schedule"?',
  ],
  [
    'two triggers that take all that is left',
    ['generate', '--on=failure,manual'],
    '--on: failure and manual exclude each other: each takes all that is left',
  ],
  ['a short job', ['generate', '--job-timeout=2m'], '--job-timeout: expected at least 5m, got 2m'],
  [
    'a time without unit',
    ['generate', '--job-timeout=60'],
    '--job-timeout: expected a time such as 90m or 1h30m, got "60"',
  ],
  [
    'times that do not fit',
    ['generate', '--job-timeout=10m', '--script-timeout=9m', '--after-script-timeout=2m'],
    '--script-timeout: 9m of script and 2m of after_script do not fit 10m of the job: GitLab would skip after_script, and the run would stay open',
  ],
  [
    'an expiry that GitLab does not read',
    ['generate', '--artifact-expiry=soon'],
    '--artifact-expiry: expected a time such as 30 days, 1 week or never, got "soon"',
  ],
  ['a default without a value', ['generate', '--input=model'], '--input: expected NAME=VALUE, got "model"'],
  [
    'a default of no input',
    ['generate', '--input=modle=x'],
    '--input: modle is no input of a template. Did you mean "model"?',
  ],
  [
    'a secret as a default',
    ['generate', '--input=warp_api_key=wk-1'],
    '--input: warp_api_key is a secret: make it a masked CI/CD variable.',
  ],
  [
    'a default that the contract refuses',
    ['generate', '--input=cloud=yes'],
    '--input: cloud: expected true or false, got "yes"',
  ],
  [
    'a remote template that is no YAML',
    ['init', '--remote-url=https://example.com/x'],
    '--remote-url: expected an https URL that ends in .yml, got "https://example.com/x"',
  ],
])('%s is refused in words', ([, args, problem]) => {
  expect(problemsOf(args)).toEqual([problem])
})

test('everything that is wrong is told at once', () => {
  const args = [
    'generate',
    '--nope',
    '--gitlab-version=1',
    '--program=x',
    '--on=x',
    '--job-timeout=1s',
    '--input=a=b',
  ]
  expect(problemsOf(args)).toHaveLength(6)
})

test('without a program at hand, only an image will do', () => {
  expect(problemsOf(['generate'], '')).toEqual([])
  const line = readCommandLine(['generate', '--program=image'])
  expect('command' in line && readOptions(line, undefined).ok).toBe(true)
})

test('values stand behind an equals sign or as the next argument', () => {
  const line = readCommandLine(['init', '--stage=a=b', '--tag', 'x', '--cache', '--tag=', '--image', 'i'])
  expect(line).toMatchObject({ command: 'init', files: [], problems: [] })
  expect('given' in line && Object.fromEntries(line.given)).toEqual({
    stage: ['a=b'],
    tag: ['x', ''],
    cache: ['true'],
    image: ['i'],
  })
})

test.for<[name: string, args: string[]]>([
  ['by the option', ['--help']],
  ['by its short form', ['-h']],
  ['by a command', ['help']],
])('the help names every command: %s', ([, args]) => {
  const line = readCommandLine(args)
  const help = 'help' in line ? line.help : ''
  for (const command of ['generate', 'init', 'upgrade', 'uninstall', 'component', 'check'])
    expect(help).toContain(`  ${command} `)
})

test('the help shows where init writes when no folder is named', () => {
  const line = readCommandLine(['init', '--help'])
  expect('help' in line && line.help).toMatch(/--directory=FOLDER .*Default: `\.`\./)
})

test.for(['generate', 'init', 'upgrade', 'uninstall', 'component', 'check'] as const)(
  'the help of %s names each of its options, whatever else is wrong',
  (command) => {
    const line = readCommandLine([command, '--nope', '--help'])
    const help = 'help' in line ? line.help : ''
    for (const option of optionsOf(command)) expect(help).toMatch(new RegExp(`^  --${option}[= \\n]`, 'm'))
    expect(readCommandLine(['help', command])).toEqual(line)
  },
)
