import { describe, expect, it } from 'vitest'
import { internalVariables } from './internal-variables.ts'

const isInternal = internalVariables({ BUILDKITE_REDACTED_VARS: '*_PASSWORD, *_SECRET,EXACT.NAME,A?C' })

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
  ])('not %s', (name) => {
    expect(isInternal(name)).toBe(false)
  })
})
