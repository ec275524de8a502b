import type { ResolvedKey } from '../auth/resolve-key.ts'
import type { Milliseconds } from '../contract/duration.ts'
import type { InputId } from '../contract/inputs.ts'
import type { InputProblem } from '../contract/parse-inputs.ts'
import type { RunRequest } from '../contract/request.ts'
import type { RunnerError } from '../errors.ts'
import type { CiDescription } from '../host.ts'
import type { Environment, Ports } from '../ports.ts'
import type { HostFact } from './finding.ts'
import type { LocatedCli } from './locate-cli.ts'

export type DoctorPorts = Pick<Ports, 'clock' | 'files' | 'processes' | 'machine' | 'http' | 'archives'>

/** All that the checks look at. */
export interface DoctorContext {
  readonly ports: DoctorPorts
  readonly env: Environment
  readonly request: RunRequest
  readonly inputProblems: readonly InputProblem[]
  readonly key: ResolvedKey | undefined
  /** Why a key that was named could not be read. */
  readonly keyProblem: RunnerError | undefined
  /** Why there is no key and nobody is to blame. */
  readonly keylessReason: string | undefined
  readonly keyRemedy: string
  /** Looked for once, for all checks. */
  readonly cli: () => Promise<LocatedCli>
  readonly checkout: string
  readonly toolFolder: string
  readonly ci: CiDescription
  readonly facts: readonly HostFact[]
  /** All that must not be shown. */
  readonly secrets: readonly string[]
  isInternalVariable(name: string): boolean
  nameOf(id: InputId): string
  /** How long the whole run may take; each check that is not done by then is reported as such. */
  readonly limit: Milliseconds
}
