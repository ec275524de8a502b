import type { FailureCode } from '../errors.ts'

/** The outcomes that a fault which `doctor` finds would end a step with. */
export type ProblemCode = Extract<
  FailureCode,
  'invalid-input' | 'unavailable' | 'not-permitted' | 'temporary'
>

/** What one check came to. */
export type Finding =
  | { readonly status: 'ok' | 'skipped'; readonly summary: string }
  /** A step may work, or may not. */
  | { readonly status: 'warning'; readonly summary: string; readonly repair: string }
  /** A step cannot work; `code` is what it would end with. */
  | {
      readonly status: 'problem'
      readonly summary: string
      readonly repair: string
      readonly code: ProblemCode
    }

export const ok = (summary: string): Finding => ({ status: 'ok', summary })
export const skipped = (summary: string): Finding => ({ status: 'skipped', summary })
export const warning = (summary: string, repair: string): Finding => ({ status: 'warning', summary, repair })
export const problem = (code: ProblemCode, summary: string, repair: string): Finding => ({
  status: 'problem',
  code,
  summary,
  repair,
})

/** What a CI tells of itself: which it is, what this job may do, whether it serves a fork. */
export interface JobFact {
  readonly title: string
  readonly finding: Finding
}

/** What a check is about; a step that failed looks only at what its outcome may come from. */
export type CheckGroup = 'inputs' | 'machine' | 'cli' | 'account' | 'network' | 'folders' | 'ci'
