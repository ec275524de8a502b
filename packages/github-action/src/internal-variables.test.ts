import { describe, expect, test } from 'vitest'
import { isInternalVariable } from './ci.ts'

describe('what belongs to the runner', () => {
  test.each([
    ['INPUT_WARP_API_KEY', true],
    ['STATE_oz_agent_record', true],
    ['ACTIONS_RUNTIME_TOKEN', true],
    ['ACTIONS_ID_TOKEN_REQUEST_URL', true],
    ['ACTIONS_CACHE_URL', true],
    ['GITHUB_OUTPUT', true],
    ['GITHUB_ENV', true],
    ['GITHUB_PATH', true],
    ['GITHUB_STATE', true],
    ['GITHUB_STEP_SUMMARY', true],
    ['github_output', true],
    ['GITHUB_SHA', false],
    ['GITHUB_TOKEN', false],
    ['GH_TOKEN', false],
    ['RUNNER_TRACKING_ID', false],
    ['RUNNER_TEMP', false],
    ['PATH', false],
    ['MY_INPUT_X', false],
  ])('%s: %s', (name, internal) => {
    expect(isInternalVariable(name)).toBe(internal)
  })
})
