import type { InputSchema } from '@oz-agent/core'

/** One option that only this plugin has. */
export interface OwnOption<Out = unknown> {
  readonly type: 'string' | 'boolean' | 'integer'
  /** One or two sentences of Markdown. */
  readonly description: string
  readonly default?: string | boolean | number
  /** How tables show a default that is only known in the job. */
  readonly defaultNote?: string
  readonly choices?: readonly string[]
  readonly minimum?: number
  readonly maximum?: number
  readonly maxLength?: number
  readonly schema: InputSchema<Out>
}

/** Keeps the literal type of a row while it checks its shape. */
export function own<const Option extends OwnOption>(option: Option): Option {
  return option
}
