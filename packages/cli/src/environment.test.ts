import type { Environment, RawInputs } from '@oz-agent/core'
import { describe, expect, test } from 'vitest'
import { readArguments } from './command-line.ts'
import { readEnvironment, readOptions } from './environment.ts'
import type { CommandName, OwnOptionName } from './options.ts'

describe('inputs from variables', () => {
  const ROWS: Record<string, [Environment, flags: RawInputs, inputs: RawInputs, problem?: string]> = {
    'nothing given': [{ PATH: '/bin' }, {}, {}],
    'an input': [{ OZ_AGENT_PROMPT_FILE: 'p.md' }, {}, { OZ_AGENT_PROMPT_FILE: 'p.md' }],
    'a flag wins': [{ OZ_AGENT_MODEL: 'a' }, { '--model': 'b' }, {}],
    'an empty variable is not given': [{ OZ_AGENT_MODEL: ' ' }, {}, {}],
    'a near miss is reported, with what was probably meant': [
      { OZ_AGENT_PROMT: 'x' },
      {},
      {},
      'OZ_AGENT_PROMT: there is no such input. Did you mean "OZ_AGENT_PROMPT"?',
    ],
    'a near miss of an own option too': [
      { OZ_AGENT_RESULTS_FOLDER: 'x' },
      {},
      {},
      'OZ_AGENT_RESULTS_FOLDER: there is no such input. Did you mean "OZ_AGENT_RESULT_FOLDER"?',
    ],
    'a denial, which only a flag can be': [
      { OZ_AGENT_NO_CLOUD: '1' },
      {},
      {},
      'OZ_AGENT_NO_CLOUD: there is no such input. Did you mean "OZ_AGENT_CLOUD"?',
    ],
    "somebody else's variable": [{ OZ_AGENT_INTERNAL_STATE: 'x' }, {}, {}],
    'the mark of a run that this one is part of': [{ OZ_AGENT_RUN_MARKER: 'x' }, {}, {}],
  }

  test.each(Object.entries(ROWS))('%s', (_, [env, flags, inputs, problem]) => {
    const read = readEnvironment(env, { inputs: flags, own: {} }, 'run')
    expect(read.inputs).toEqual(inputs)
    expect(read.own).toEqual({})
    expect(read.problems.map(({ name, message }) => `${name}: ${message}`)).toEqual(problem ? [problem] : [])
  })
})

describe("a command's own options from variables", () => {
  type Row = [
    CommandName,
    args: string[],
    Environment,
    own: Partial<Record<OwnOptionName, unknown>>,
    problem?: string,
  ]
  const ROWS: Record<string, Row> = {
    'all of run': [
      'run',
      [],
      { OZ_AGENT_RESULT_FOLDER: 'res', OZ_AGENT_OUTPUTS_FILE: 'out', OZ_AGENT_TOOL_FOLDER: 'tools' },
      { 'result-folder': 'res', 'outputs-file': 'out', 'tool-folder': 'tools' },
    ],
    'all of doctor': [
      'doctor',
      [],
      { OZ_AGENT_JSON: 'true', OZ_AGENT_TOOL_FOLDER: 'tools' },
      { json: true, 'tool-folder': 'tools' },
    ],
    'a flag wins': ['run', ['--result-folder=a'], { OZ_AGENT_RESULT_FOLDER: 'b' }, { 'result-folder': 'a' }],
    "another command's": ['doctor', [], { OZ_AGENT_RESULT_FOLDER: 'res' }, {}],
    'an empty flag is not given': ['run', ['--result-folder='], {}, {}],
    'a wrong value, by the name of the variable': [
      'doctor',
      [],
      { OZ_AGENT_JSON: 'yes' },
      {},
      'OZ_AGENT_JSON: expected true or false, got "yes"',
    ],
    'a wrong value, by the name of the flag': [
      'doctor',
      ['--json=yes'],
      {},
      {},
      '--json: expected true or false, got "yes"',
    ],
  }

  test.each(Object.entries(ROWS))('%s', (_, [command, args, env, own, problem]) => {
    const read = readOptions(readArguments(args, command), env, command)
    expect(read.own).toEqual(own)
    expect(read.problems.map(({ name, message }) => `${name}: ${message}`)).toEqual(problem ? [problem] : [])
  })
})
