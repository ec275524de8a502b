import { expect, it } from 'vitest'
import { readConfiguration } from '../configuration/read-configuration.ts'
import { checkMode } from './check-mode.ts'

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
