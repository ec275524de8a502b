import { createRedactor, holdsSecret, type Redactor } from '../auth/redactor.ts'
import type { Ci } from '../ci.ts'
import type { Milliseconds } from '../contract/duration.ts'
import type { EnvPolicy } from '../contract/inputs.ts'
import type { Clock, Environment } from '../ports.ts'
import { holdsCiToken, internalSecrets, isCiCredential, isUsualTokenName } from './ci-credentials.ts'

export interface EnvironmentRequest {
  /** The job's own environment. */
  readonly env: Environment
  readonly policy: EnvPolicy
  /** Names that are passed whatever the policy says. */
  readonly pass: readonly string[]
  /** Tokens and command files of the CI itself. */
  readonly isInternal: (name: string) => boolean
  /** Knows the secrets that `scrub` keeps from the agent, under whatever name and in whatever form they come. */
  readonly redactor: Redactor
  /** Set last, whatever the policy says: the key, the mark of the run. */
  readonly set: Environment
}

export interface AgentEnvironment {
  readonly env: Environment
  /** Names that were kept back although the CI did not set them: they hold a secret or a token of the CI. Worth telling the user. */
  readonly withheld: readonly string[]
  /** All that was kept back because it is a secret or the CI's own: what the agent must not read elsewhere either. */
  readonly hidden: readonly string[]
}

const MINIMAL = new Set(
  [
    ...['HOME', 'TMPDIR', 'PATH', 'LANG', 'LANGUAGE', 'TZ'],
    ...['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'ALL_PROXY', 'SSL_CERT_FILE', 'SSL_CERT_DIR'],
    // Windows starts next to nothing without these.
    ...['SYSTEMROOT', 'USERPROFILE', 'APPDATA', 'LOCALAPPDATA', 'TEMP', 'TMP', 'PATHEXT', 'COMSPEC'],
  ].map((name) => name.toUpperCase()),
)

/** Where keys come from; the agent gets the key itself under one name only. */
const KEY_SOURCES = new Set(['WARP_API_KEY', 'WARP_API_KEY_FILE'])

/** The environment of the agent under a policy. Pure. */
export function buildAgentEnvironment(request: EnvironmentRequest): AgentEnvironment {
  const pass = new Set(request.pass)
  const env: Record<string, string> = {}
  const withheld: string[] = []
  const hidden: string[] = []
  const isSecret = secretsOf(
    request.env,
    request.redactor,
    (name) => !pass.has(name) && request.isInternal(name),
  )
  for (const [name, value] of Object.entries(request.env)) {
    if (value === undefined || KEY_SOURCES.has(name)) continue
    if (!pass.has(name) && request.policy !== 'inherit') {
      const internal = request.isInternal(name)
      const secret = !internal && isSecret(name, value)
      if (internal || secret) hidden.push(name)
      if (secret && request.policy === 'scrub') withheld.push(name)
      if (internal || secret || !allowedBy(request.policy, name)) continue
    }
    env[name] = value
  }
  for (const [name, value] of Object.entries(request.set)) if (value !== undefined) env[name] = value
  return { env, withheld, hidden }
}

/**
 * Whether a variable that is not the CI's own holds what the agent must not have: a secret, a token of the CI under
 * another name, or one that goes by its usual name.
 */
function secretsOf(env: Environment, redactor: Redactor, isInternal: (name: string) => boolean) {
  const internal = createRedactor(internalSecrets(env, isInternal))
  return (name: string, value: string): boolean =>
    isCiCredential(name) ||
    isUsualTokenName(name) ||
    holdsSecret(redactor, value) ||
    holdsSecret(internal, value) ||
    holdsCiToken(value, env)
}

function allowedBy(policy: EnvPolicy, name: string): boolean {
  return policy !== 'minimal' || MINIMAL.has(name.toUpperCase()) || /^LC_[A-Z]+$/.test(name)
}

/** What a CLI is tried out with (`--version`): no token of the CI, nothing that holds a secret. */
export function probeEnvironment(
  ci: Pick<Ci, 'env' | 'isInternalVariable'>,
  redactor: Redactor,
): Environment {
  const isSecret = secretsOf(ci.env, redactor, (name) => ci.isInternalVariable(name))
  const harmless = ([name, value]: [string, string | undefined]) =>
    value !== undefined && !ci.isInternalVariable(name) && !isSecret(name, value)
  return Object.fromEntries(Object.entries(ci.env).filter(harmless))
}

/** Read by the CLI: Unix seconds; the agent stops by itself five minutes before. */
export const SANDBOX_DEADLINE_VARIABLE = 'WARP_SANDBOX_DEADLINE'

const AGENT_MARGIN: Milliseconds = 5 * 60_000
/** After our own deadline, so that we and not the agent end a run that is out of time. */
const SLACK: Milliseconds = 30_000
const SHORTEST_LIMIT: Milliseconds = 10 * 60_000

/**
 * The value of `WARP_SANDBOX_DEADLINE` for a run with a deadline; undefined where it should not be set.
 *
 * It is a second net, not the first: the agent would stop by itself half a minute *after* our deadline, which
 * matters only when nobody is left to stop it (the step was killed and no later step cleans up). Were its own
 * moment the earlier one, it would end with 0 at half its work, and that would read as success.
 * Limits under ten minutes are left alone: should a release use a larger margin, it would stop the agent at once.
 */
export function sandboxDeadline(timeoutAt: Milliseconds | undefined, clock: Clock): string | undefined {
  if (timeoutAt === undefined) return undefined
  const left = timeoutAt - clock.elapsed()
  if (left < SHORTEST_LIMIT) return undefined
  return String(Math.ceil((clock.now() + left + SLACK + AGENT_MARGIN) / 1000))
}
