import type { CiDescription, Environment } from '@oz-agent/core'

/** Knows one CI by the variables that it sets. */
export interface Detector {
  /** As it stands in `result.json`. */
  readonly name: string
  detect(env: Environment): boolean
  describe(env: Environment): Omit<CiDescription, 'name'>
  /** The CI's own tokens and command files, kept from the agent by the policy `scrub`. */
  readonly internal?: RegExp
  /** The line that makes the CI hide a secret in its log, where it takes one. */
  maskLine?(secret: string): string
  /** From the first signal to the kill, in ms, where it is known to be short. */
  readonly cancelTime?: number
}
