import { holdsSecret, type Redactor } from '../auth/redactor.ts'
import type { CiHost } from '../host.ts'
import type { Environment } from '../ports.ts'

/** What a CLI is tried out with (`--version`): no token of the CI, nothing that holds a secret. */
export function probeEnvironment(
  host: Pick<CiHost, 'env' | 'isInternalVariable'>,
  redactor: Redactor,
): Environment {
  const harmless = ([name, value]: [string, string | undefined]) =>
    value !== undefined && !host.isInternalVariable(name) && !holdsSecret(redactor, value)
  return Object.fromEntries(Object.entries(host.env).filter(harmless))
}
