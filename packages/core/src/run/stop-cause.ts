import type { StopSignal } from '../ports.ts'

/** Why we told the agent to stop; absent when it ended by itself. */
export type StopCause =
  /** The CI ends the job. */
  | { readonly kind: 'cancelled'; readonly signal: StopSignal }
  /** The deadline of `timeout`. */
  | { readonly kind: 'deadline' }
  /** No sign of life within `startup_timeout`. */
  | { readonly kind: 'startup-timeout' }
