import type { GitlabVersion } from './gitlab-version.ts'
import type { Program } from './program.ts'
import type { JobTimeouts } from './timeouts.ts'
import type { Trigger } from './triggers.ts'

/** All that a template is made from; checked, so that writing it cannot fail. */
export interface TemplateOrder {
  readonly version: GitlabVersion
  readonly program: Program
  readonly image: string
  readonly stage: string
  readonly jobName: string
  readonly jobPrefix: string
  readonly tags: readonly string[]
  readonly triggers: readonly Trigger[]
  /** undefined keeps the order of stages; a list, even an empty one, makes an input of it. */
  readonly needs: readonly string[] | undefined
  readonly timeouts: JobTimeouts
  readonly artifactExpiry: string
  /** The agent pushes: runs of one branch wait for each other and are not interrupted. */
  readonly writes: boolean
  /** Keep the downloaded CLI in the job cache. */
  readonly cache: boolean
  /** Defaults of the contract's inputs, by their snake_case names, as typed. */
  readonly defaults: Readonly<Record<string, string>>
}
