import { describe, expect, it } from 'vitest'
import { internalVariables, maskedValues } from './hidden-variables.ts'

const isInternal = internalVariables({
  BUILDKITE_REDACTED_VARS: '*_PASSWORD, *_SECRET,EXACT.NAME,A?C',
  BUILDKITE_SECRETS_CONFIG: JSON.stringify([
    { key: 'DATABASE_URL', environment_variable: 'DATABASE_URL' },
    { key: 'registry', environment_variable: 'REGISTRY_LOGIN' },
    { key: 'PLAIN_KEY' },
  ]),
})

describe('what is kept from the agent', () => {
  it.each([
    'BUILDKITE_AGENT_ACCESS_TOKEN',
    'BUILDKITE_AGENT_JOB_API_SOCKET',
    'BUILDKITE_AGENT_JOB_API_TOKEN',
    'BUILDKITE_ENV_FILE',
    'BUILDKITE_PLUGINS',
    'BUILDKITE_PLUGIN_CONFIGURATION',
    'BUILDKITE_PLUGIN_OZ_AGENT_PROMPT',
    'BUILDKITE_S3_SECRET_ACCESS_KEY',
    'BUILDKITE_SECRETS_CONFIG',
    'DATABASE_PASSWORD',
    'MY_SECRET',
    'EXACT.NAME',
    'ABC',
    // Of the step's `secrets:`.
    'DATABASE_URL',
    'REGISTRY_LOGIN',
    'PLAIN_KEY',
  ])('%s', (name) => {
    expect(isInternal(name)).toBe(true)
  })
  it.each([
    'PATH',
    'CI',
    'BUILDKITE',
    'BUILDKITE_BRANCH',
    'BUILDKITE_BUILD_URL',
    'BUILDKITE_PLUGINS_PATH',
    'BUILDKITE_PLUGINS_ENABLED',
    'MY_SECRET_NUMBER',
    'EXACT_NAME',
    'registry',
  ])('not %s', (name) => {
    expect(isInternal(name)).toBe(false)
  })
})

describe('what is masked, as in the log of the job', () => {
  it.each([
    ['a variable that BUILDKITE_REDACTED_VARS names', { A_PASSWORD: 'value-4711' }, ['value-4711']],
    ['the token of the agent, whatever is set', { BUILDKITE_AGENT_ACCESS_TOKEN: 'tok-12345' }, ['tok-12345']],
    ['the token of the Job API', { BUILDKITE_AGENT_JOB_API_TOKEN: 'job-12345' }, ['job-12345']],
    [
      'a secret of the step, whatever its name',
      { DATABASE_URL: 'postgres://u:p@db', BUILDKITE_SECRETS_CONFIG: '[{"key":"DATABASE_URL"}]' },
      ['postgres://u:p@db'],
    ],
    ['one value once', { A_PASSWORD: 'value-4711', B_PASSWORD: 'value-4711' }, ['value-4711']],
    ['not a short value, as in the log', { A_PASSWORD: '12345' }, []],
    ['not a blank one', { A_PASSWORD: '        ' }, []],
    ['not another variable', { PASSWORDS: 'value-4711' }, []],
    ['nothing for a list of secrets that cannot be read', { BUILDKITE_SECRETS_CONFIG: '{' }, []],
  ])('%s', (_, env, values) => {
    expect(maskedValues({ BUILDKITE_REDACTED_VARS: '*_PASSWORD', ...env })).toEqual(values)
  })
})
