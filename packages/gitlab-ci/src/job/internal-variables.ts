/**
 * Variables of GitLab and of this job that the agent does not get under `scrub`: tokens, passwords, addresses that
 * hold a token, what configures the runner, and our own inputs.
 * https://docs.gitlab.com/ci/variables/predefined_variables/
 */
const NAMES = new Set([
  'CI_BUILD_TOKEN',
  'CI_DEPENDENCY_PROXY_PASSWORD',
  'CI_DEPLOY_PASSWORD',
  'CI_JOB_JWT',
  'CI_JOB_JWT_V1',
  'CI_JOB_JWT_V2',
  'CI_JOB_TOKEN',
  'CI_REGISTRY_PASSWORD',
  'CI_REPOSITORY_URL',
  'CI_SERVER_TLS_KEY_FILE',
  'GITLAB_TOKEN',
  'OZ_CACHE_FOLDER',
  'OZ_GITLAB_TOKEN',
  'OZ_MASK',
  'TRIGGER_PAYLOAD',
])
const PATTERNS = [
  /^OZ_INPUT_/,
  /^OZ_PROGRAM/,
  /^RUNNER_/,
  /^FF_[A-Z]/,
  /_ID_TOKEN$/,
  /^CI_.*(TOKEN|PASSWORD|JWT)/,
]

export function isInternalVariable(name: string): boolean {
  return NAMES.has(name) || PATTERNS.some((pattern) => pattern.test(name))
}
