import type { Environment } from '@oz-agent/core'
import * as z from 'zod'

/** Tokens, sockets and files of the Buildkite agent, and the options of every plugin in the step. */
const INTERNAL = [
  /^BUILDKITE_AGENT_(ACCESS_TOKEN|TOKEN|JOB_API_SOCKET|JOB_API_TOKEN|ENDPOINT|JWKS_.*|.*_KMS_KEY)$/,
  /^BUILDKITE_(ENV_FILE|ENV_JSON_FILE|SECRETS_CONFIG|CONFIG_PATH|SOCKETS_PATH|ANALYTICS_TOKEN)$/,
  /^BUILDKITE_(S3|GS|AZURE_BLOB|ARTIFACTORY)_/,
  /^BUILDKITE_PLUGINS$/,
  /^BUILDKITE_PLUGIN_(?!VALIDATION$)/,
]

/**
 * The variables that `env-policy: scrub` keeps from the Oz agent: those of the Buildkite agent itself, those that the
 * job log masks (`BUILDKITE_REDACTED_VARS`), and those of the step's `secrets:`.
 */
export function internalVariables(env: Environment): (name: string) => boolean {
  const isMasked = maskedVariables(env)
  return (name) => isMasked(name) || INTERNAL.some((pattern) => pattern.test(name))
}

/** The agent's own tokens, which are masked whatever its settings say. */
const TOKENS = ['BUILDKITE_AGENT_ACCESS_TOKEN', 'BUILDKITE_AGENT_TOKEN', 'BUILDKITE_AGENT_JOB_API_TOKEN']

/** The Buildkite agent masks no shorter value. https://github.com/buildkite/agent/blob/main/internal/redact/redact.go */
const SHORTEST = 6

/**
 * The values that the Buildkite agent masks in the job's log, each once: of the variables that
 * `BUILDKITE_REDACTED_VARS` names, of the step's `secrets:`, and its own tokens.
 */
export function maskedValues(env: Environment): readonly string[] {
  const isMasked = maskedVariables(env)
  const values = Object.entries(env)
    .filter(([name]) => isMasked(name) || TOKENS.includes(name))
    .map(([, value]) => value ?? '')
  return [...new Set(values)].filter((value) => value.trim().length >= SHORTEST)
}

/**
 * Names that may hold `*`, with commas between them.
 * https://buildkite.com/docs/pipelines/configure/managing-log-output
 */
function maskedVariables(env: Environment): (name: string) => boolean {
  const patterns = (env.BUILDKITE_REDACTED_VARS ?? '')
    .split(',')
    .map((pattern) => pattern.trim())
    .filter((pattern) => pattern !== '')
    .map(globToRegExp)
  const secrets = stepSecrets(env)
  return (name) => secrets.has(name) || patterns.some((pattern) => pattern.test(name))
}

const SecretsConfig = z.array(
  z.looseObject({ key: z.string(), environment_variable: z.string().nullish() }).transform((secret) => {
    return secret.environment_variable || secret.key
  }),
)

/**
 * The variables of the step's `secrets:`. The Buildkite agent hands them over as JSON.
 * https://buildkite.com/docs/pipelines/security/secrets/buildkite-secrets
 */
function stepSecrets({ BUILDKITE_SECRETS_CONFIG: text }: Environment): ReadonlySet<string> {
  if (!text) return new Set()
  try {
    return new Set(SecretsConfig.safeParse(JSON.parse(text)).data)
  } catch {
    return new Set()
  }
}

function globToRegExp(glob: string): RegExp {
  const parts = glob.split(/([*?])/).map((part) => {
    if (part === '*') return '.*'
    return part === '?' ? '.' : part.replace(/\W/g, '\\$&')
  })
  return new RegExp(`^${parts.join('')}$`)
}
