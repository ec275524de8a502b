import type { DoctorContext } from './doctor-context.ts'
import type { Finding } from './finding.ts'

/** What a check is about; a step that failed looks only at what its outcome may come from. */
export type CheckGroup = 'inputs' | 'machine' | 'cli' | 'account' | 'network' | 'folders' | 'ci'

/** One thing that must be right for a step to work. */
export interface Check {
  readonly id: string
  readonly group: CheckGroup
  readonly title: string
  /** Looks, and changes nothing that stays. What it throws is reported as a warning about the check itself. */
  run(context: DoctorContext): Promise<Finding>
}
