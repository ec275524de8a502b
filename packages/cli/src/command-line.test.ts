import { INPUT_IDS, type RawInputs, spell } from '@oz-agent/core'
import { describe, expect, test } from 'vitest'
import { commandHelp, inFlags, readArguments } from './command-line.ts'
import { type CommandName, ownOptionsOf } from './options.ts'

describe('flags that are right', () => {
  const ROWS: Record<string, [string[], RawInputs]> = {
    'nothing given': [[], {}],
    'a value behind an equals sign': [['--prompt=fix it'], { '--prompt': 'fix it' }],
    'a value behind a space': [['--prompt', 'fix it'], { '--prompt': 'fix it' }],
    'a value that begins with a dash': [['--prompt=- fix it'], { '--prompt': '- fix it' }],
    'a value that begins with a dash, behind a space': [['--prompt', '- fix it'], { '--prompt': '- fix it' }],
    'a value that looks like a flag, behind an equals sign': [
      ['--prompt=--model'],
      { '--prompt': '--model' },
    ],
    'an equals sign within a value': [['--name=a=b'], { '--name': 'a=b' }],
    'line breaks and quotes': [['--prompt=a\n"b" $(c)'], { '--prompt': 'a\n"b" $(c)' }],
    'an empty value': [['--name='], { '--name': '' }],
    'a dash alone': [['--prompt', '-'], { '--prompt': '-' }],
    'a negative number': [['--timeout', '-5'], { '--timeout': '-5' }],
    'a bare truth value': [['--cloud'], { '--cloud': 'true' }],
    'a truth value in words': [['--summary=false'], { '--summary': 'false' }],
    'a truth value that is denied': [['--no-summary'], { '--summary': 'false' }],
    'computer use that is denied': [['--no-computer-use'], { '--computer-use': 'false' }],
    'a list': [['--share=me', '--share=team:edit'], { '--share': ['me', 'team:edit'] }],
    'a list of one': [['--mcp', 'linear'], { '--mcp': ['linear'] }],
    'several words in a name': [['--mcp-startup-timeout=5s'], { '--mcp-startup-timeout': '5s' }],
  }
  test.each(Object.entries(ROWS))('%s', (_, [args, inputs]) => {
    const read = readArguments(args, 'run')
    expect(read.problems).toEqual([])
    expect(read.inputs).toEqual(inputs)
  })
})

describe('flags that are wrong', () => {
  const ROWS: Record<string, [string[], string[], CommandName?]> = {
    'a near miss': [['--promt=x'], ['--promt: there is no such flag. Did you mean "--prompt"?']],
    'another spelling': [
      ['--saved_prompt=x'],
      ['--saved_prompt: there is no such flag. Did you mean "--saved-prompt"?'],
    ],
    'like nothing': [['--temperature=1'], ['--temperature: there is no such flag.']],
    'a short flag': [['-p'], ['-p: there is no such flag.']],
    'what cannot be denied': [
      ['--no-prompt'],
      ['--no-prompt: there is no such flag. Did you mean "--prompt"?'],
    ],
    'a denial with a value': [
      ['--no-cloud=1'],
      ['--no-cloud: takes no value: write --no-cloud, or --cloud=true'],
    ],
    'a denial with an empty value': [
      ['--no-cloud='],
      ['--no-cloud: takes no value: write --no-cloud, or --cloud=true'],
    ],
    'a truth value given twice': [['--cloud', '--no-cloud'], ['--cloud: given twice: keep one']],
    'an own option given twice': [
      ['--outputs-file=a', '--outputs-file=b'],
      ['--outputs-file: given twice: keep one'],
    ],
    'a flag that is denied in place of a value': [
      ['--prompt', '--no-summary'],
      ['--prompt: has no value: write --prompt=value'],
    ],
    'a flag behind the end of the flags': [
      ['--', '--prompt=x'],
      ['--prompt=x: is no flag: give every value behind a flag, as --flag=value'],
    ],
    'a near miss of help': [['--hlep'], ['--hlep: there is no such flag. Did you mean "--help"?']],
    'no value at the end': [['--prompt'], ['--prompt: has no value: write --prompt=value']],
    'no value before the next flag': [
      ['--prompt', '--model=x'],
      ['--prompt: has no value: write --prompt=value'],
    ],
    'given twice': [['--model=a', '--model=b'], ['--model: given twice: keep one']],
    'a word that is no flag': [
      ['fix it'],
      ['fix it: is no flag: give every value behind a flag, as --flag=value'],
    ],
    'a truth value behind a space': [
      ['--cloud', 'false'],
      ['false: is no flag: give every value behind a flag, as --flag=value'],
    ],
    'an option of another command': [['--json'], ['--json: there is no such flag.'], 'run'],
    'several mistakes together': [
      ['--promt=x', 'y', '--model'],
      [
        '--promt: there is no such flag. Did you mean "--prompt"?',
        'y: is no flag: give every value behind a flag, as --flag=value',
        '--model: has no value: write --model=value',
      ],
    ],
  }
  test.each(Object.entries(ROWS))('%s', (_, [args, problems, command = 'run']) => {
    const told = readArguments(args, command).problems.map(({ name, message }) => `${name}: ${message}`)
    expect(told).toEqual(problems)
  })
})

test("a command's own options are kept apart from the inputs", () => {
  const read = readArguments(['--outputs-file=out', '--result-folder', 'res', '--prompt=x'], 'run')
  expect(read).toEqual({
    inputs: { '--prompt': 'x' },
    own: { 'outputs-file': 'out', 'result-folder': 'res' },
    problems: [],
  })
  expect(readArguments(['--json'], 'doctor').own).toEqual({ json: 'true' })
})

describe('the help', () => {
  const ROWS: Record<string, [description: string, shown: string]> = {
    'an input': ['whatever `env_policy` says', 'whatever --env-policy says'],
    'an input of one word': ['excludes `prompt` and `prompt_file`', 'excludes --prompt and --prompt-file'],
    'an output, which is no flag': ['Form of `agent_output`: x', 'Form of the output agent_output: x'],
    'a value': ['`text` or `json`', 'text or json'],
    'a part of a skill': ['`name`, `repo:name`', 'name, repo:name'],
    'a variable': ['a file that `WARP_API_KEY_FILE` names', 'a file that WARP_API_KEY_FILE names'],
  }
  test.each(Object.entries(ROWS))('spells %s as the command does', (_, [description, shown]) => {
    expect(inFlags(description)).toBe(shown)
  })

  test('names every flag that is read, and no other', () => {
    const shown = new Set(commandHelp('run').match(/(?<=^ {2}|, )--[a-z][a-z0-9-]*/gm))
    for (const flag of shown) {
      if (flag === '--help') continue
      const { problems } = readArguments([flag], 'run')
      expect(problems.filter(({ message }) => message.startsWith('there is no'))).toEqual([])
    }
    const known = [
      ...INPUT_IDS.map((id) => spell(id, 'flag')),
      ...ownOptionsOf('run').map(({ name }) => `--${name}`),
    ]
    expect([...shown]).toEqual(expect.arrayContaining(known))
  })
})
