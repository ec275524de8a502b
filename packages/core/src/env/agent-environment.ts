import { holdsSecret, type Redactor } from '../auth/redactor.ts'
import type { EnvPolicy } from '../contract/inputs.ts'
import type { Environment } from '../ports.ts'

export interface EnvironmentOrder {
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
  /** Names that were kept back because their values hold a secret: worth telling the user. */
  readonly withheld: readonly string[]
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
export function buildAgentEnvironment(order: EnvironmentOrder): AgentEnvironment {
  const pass = new Set(order.pass)
  const env: Record<string, string> = {}
  const withheld: string[] = []
  for (const [name, value] of Object.entries(order.env)) {
    if (value === undefined || KEY_SOURCES.has(name)) continue
    if (!pass.has(name)) {
      if (!allowedBy(order, name)) continue
      if (order.policy === 'scrub' && holdsSecret(order.redactor, value)) {
        withheld.push(name)
        continue
      }
    }
    env[name] = value
  }
  for (const [name, value] of Object.entries(order.set)) if (value !== undefined) env[name] = value
  return { env, withheld }
}

function allowedBy({ policy, isInternal }: EnvironmentOrder, name: string): boolean {
  switch (policy) {
    case 'inherit':
      return true
    case 'scrub':
      return !isInternal(name)
    case 'minimal':
      return MINIMAL.has(name.toUpperCase()) || /^LC_[A-Z]+$/.test(name)
  }
}
