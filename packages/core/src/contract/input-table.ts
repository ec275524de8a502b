import type { InputKind, InputReader } from './values.ts'

/** The families of platforms that an input can be shown on. */
export const PLATFORMS = ['github', 'gitlab', 'buildkite', 'cli'] as const
export type Platform = (typeof PLATFORMS)[number]

/** One input of the contract: all that manifests, schemas, tables and the parser know of it. */
export interface InputSpec<Out = unknown> {
  readonly kind: InputKind
  /** One or two sentences of Markdown, the same in every manifest. */
  readonly description: string
  /** The default as a user would type it; absent when there is none or when it is only known at run time. */
  readonly default?: string
  /** How tables show a default that no text can express, such as "the job's own limit". */
  readonly defaultNote?: string
  readonly choices?: readonly string[]
  /** Its value is a secret: masked at once, never written anywhere. */
  readonly secret?: boolean
  /** The official action has an input of this name. */
  readonly official?: boolean
  /** A value for examples and documentation. */
  readonly example?: string
  /** Where it is shown; everywhere when absent. */
  readonly platforms?: readonly Platform[]
  readonly reader: InputReader<Out>
}

/** Keeps the literal type of a row while it checks its shape. */
export function input<const Spec extends InputSpec>(spec: Spec): Spec {
  return spec
}
