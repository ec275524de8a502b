import { describe, expect, it } from 'vitest'
import { checkMode, readConfiguration } from './configuration.ts'

const read = (options: unknown) =>
  readConfiguration({
    BUILDKITE_PLUGIN_CONFIGURATION: typeof options === 'string' ? options : JSON.stringify(options),
  })

describe('readConfiguration', () => {
  const wrong: readonly [name: string, options: unknown, problem: { name: string; message: RegExp }][] = [
    ['a typo', { promt: 'x' }, { name: 'promt', message: /no such option\. Did you mean "prompt"\?/ }],
    ['snake_case', { saved_prompt: 'x' }, { name: 'saved_prompt', message: /Did you mean "saved-prompt"\?/ }],
    ['camelCase', { promptFile: 'x' }, { name: 'promptFile', message: /Did you mean "prompt-file"\?/ }],
    ['an unknown mode', { mode: 'on-fail' }, { name: 'mode', message: /agent, on-failure/ }],
    ['no lines', { 'context-lines': 0 }, { name: 'context-lines', message: /whole number from 1 to/ }],
    ['half a line', { 'context-lines': 1.5 }, { name: 'context-lines', message: /whole number/ }],
    ['too many bytes', { 'context-bytes': 10 ** 9 }, { name: 'context-bytes', message: /to 262144/ }],
    ['a list for a switch', { 'label-suffix': [true] }, { name: 'label-suffix', message: /got a list/ }],
    [
      'a word for a switch',
      { 'rerun-after-fix': 'yes' },
      { name: 'rerun-after-fix', message: /true or false/ },
    ],
    [
      'a long context',
      { 'annotation-context': 'é'.repeat(101) },
      { name: 'annotation-context', message: /at most 100 characters, got 101/ },
    ],
    [
      'a context of two lines',
      { 'annotation-context': 'a\nb' },
      { name: 'annotation-context', message: /one line/ },
    ],
    ['a list of options', [{ prompt: 'x' }], { name: 'BUILDKITE_PLUGIN_CONFIGURATION', message: /as a map/ }],
    ['no JSON', '{prompt', { name: 'BUILDKITE_PLUGIN_CONFIGURATION', message: /as a map/ }],
  ]
  it.each(wrong)('refuses %s', (_, options, { name, message }) => {
    expect(read(options).problems).toEqual([{ name, message: expect.stringMatching(message) }])
  })

  it('tells every problem at once', () => {
    const { problems } = read({ promt: 'x', mode: 'y', 'context-lines': -1 })
    expect(problems.map(({ name }) => name)).toEqual(['promt', 'mode', 'context-lines'])
  })

  it.each([
    ['nothing', ''],
    ['null', 'null'],
    ['an empty map', '{}'],
  ])('has defaults for %s', (_, text) => {
    const { own, given, inputs, problems } = read(text)
    expect({ own, inputs, problems }).toEqual({
      inputs: {},
      problems: [],
      own: {
        mode: 'agent',
        'context-lines': 200,
        'context-bytes': 32_768,
        'rerun-after-fix': false,
        'annotation-context': undefined,
        'meta-data-prefix': undefined,
        'upload-artifacts': true,
        'label-suffix': false,
      },
    })
    expect(given.size).toBe(0)
  })

  it('says why there may be none at all', () => {
    expect(readConfiguration({}).problems).toEqual([
      {
        name: 'BUILDKITE_PLUGIN_CONFIGURATION',
        message: expect.stringContaining('none at all where one has no value'),
      },
    ])
  })

  it('leaves the inputs of the contract as they are, and knows what was given', () => {
    const { inputs, given, own } = read({
      prompt: '- x',
      share: ['team'],
      mode: 'agent',
      'label-suffix': 'true',
    })
    expect(inputs).toEqual({ prompt: '- x', share: ['team'] })
    expect([...given]).toEqual(['mode', 'label-suffix'])
    expect(own['label-suffix']).toBe(true)
  })
})

it.each([
  ['the agent, and no command', {}, false, []],
  ['the agent by default, and a command', {}, true, ['mode']],
  ['the agent as asked, and a command', { mode: 'agent' }, true, []],
  [
    'options of the other mode',
    { 'context-lines': 5, 'rerun-after-fix': true },
    false,
    ['context-lines', 'rerun-after-fix'],
  ],
  ['on-failure, and a command', { mode: 'on-failure', 'context-lines': 5 }, true, []],
  ['on-failure, and no command', { mode: 'on-failure' }, false, ['mode']],
  ['on-failure with a saved prompt', { mode: 'on-failure', 'saved-prompt': 'id' }, true, ['saved-prompt']],
])('%s', (_, options, stepHasCommand, names) => {
  const configuration = readConfiguration({ BUILDKITE_PLUGIN_CONFIGURATION: JSON.stringify(options) })
  expect(checkMode(configuration, stepHasCommand).map(({ name }) => name)).toEqual(names)
})
