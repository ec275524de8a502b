import { expect, test } from 'vitest'
import { isInternalVariable } from './internal-variables.ts'

test.for([
  ['CI_JOB_TOKEN', true],
  ['CI_REPOSITORY_URL', true],
  ['CI_REGISTRY_PASSWORD', true],
  ['CI_DEPLOY_PASSWORD', true],
  ['SIGSTORE_ID_TOKEN', true],
  ['OZ_GITLAB_TOKEN', true],
  ['OZ_INPUT_PROMPT', true],
  ['TRIGGER_PAYLOAD', true],
  ['RUNNER_SCRIPT_TIMEOUT', true],
  ['FF_USE_FASTZIP', true],
  ['CI_COMMIT_SHA', false],
  ['CI_PROJECT_PATH', false],
  ['CI_MERGE_REQUEST_IID', false],
  ['PATH', false],
  ['NODE_EXTRA_CA_CERTS', false],
] as const)('%s is kept from the agent: %s', ([name, expected]) => {
  expect(isInternalVariable(name)).toBe(expected)
})
