import type { Environment } from '@oz-agent/core'

/** Tokens, sockets and files of the agent itself, and the options of every plugin in the step. */
const INTERNAL = [
  /^BUILDKITE_AGENT_(ACCESS_TOKEN|TOKEN|JOB_API_SOCKET|JOB_API_TOKEN|ENDPOINT|JWKS_.*|.*_KMS_KEY)$/,
  /^BUILDKITE_(ENV_FILE|ENV_JSON_FILE|SECRETS_CONFIG|CONFIG_PATH|SOCKETS_PATH|ANALYTICS_TOKEN)$/,
  /^BUILDKITE_(S3|GS|AZURE_BLOB|ARTIFACTORY)_/,
  /^BUILDKITE_PLUGINS$/,
  /^BUILDKITE_PLUGIN_(?!VALIDATION$)/,
]

/**
 * What `env-policy: scrub` keeps from the agent: what belongs to Buildkite's own agent, and what the job log hides
 * (`BUILDKITE_REDACTED_VARS`, names with `*`). https://buildkite.com/docs/pipelines/configure/managing-log-output
 */
export function internalVariables(env: Environment): (name: string) => boolean {
  const hidden = (env.BUILDKITE_REDACTED_VARS ?? '')
    .split(',')
    .map((pattern) => pattern.trim())
    .filter((pattern) => pattern !== '')
    .map(globToRegExp)
  return (name) => [...INTERNAL, ...hidden].some((pattern) => pattern.test(name))
}

function globToRegExp(glob: string): RegExp {
  const parts = glob.split(/([*?])/).map((part) => {
    if (part === '*') return '.*'
    return part === '?' ? '.' : part.replace(/\W/g, '\\$&')
  })
  return new RegExp(`^${parts.join('')}$`)
}
