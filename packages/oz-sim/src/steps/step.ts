import * as z from 'zod/mini'
import { durationMs } from '../cli/check.ts'
import type { Agent } from '../run/agent.ts'

z.config(z.locales.en())

/** One kind of step: what it accepts and what the agent does then. A script writes it as `- <its key in STEPS>: <input>`. */
export interface Step<Schema extends z.ZodMiniObject, Short extends string> {
  readonly summary: string
  /** The key that a bare value stands for: `- message: Hello` is `- message: {text: Hello}`. */
  readonly shorthand?: Short
  /** Built when a script is checked, which most starts of the stand-in do not. */
  readonly schema: () => Schema
  readonly run: (input: z.input<Schema>, agent: Agent) => Promise<void> | void
}

export type AnyStep = Step<z.ZodMiniObject, string>

// Which keys a bare value may stand for: those of the schema's input.
type KeyOf<Schema extends z.ZodMiniObject> = keyof z.input<Schema> & string

export function defineStep<Schema extends z.ZodMiniObject, Short extends KeyOf<Schema> = never>(
  step: Step<Schema, Short>,
): Step<Schema, Short> {
  return step
}

/** How a script may write a step: `{message: {text: 'Hello'}}` or `{message: 'Hello'}`. */
export type WrittenStep<Name extends string, S> =
  S extends Step<infer Schema, infer Short>
    ? {
        readonly [K in Name]: z.input<Schema> | (Short extends KeyOf<Schema> ? z.input<Schema>[Short] : never)
      }
    : never

/** A step's input with its shorthand written out: `Hello` becomes `{text: 'Hello'}`, nothing becomes `{}`. */
export function stepInput(kind: Pick<AnyStep, 'shorthand'>, written: unknown): unknown {
  if (written === null || written === undefined) return {}
  if (typeof written === 'object' && !Array.isArray(written)) return written
  return kind.shorthand === undefined ? written : { [kind.shorthand]: written }
}

/** A key of a script, with what the README and the JSON Schema say of it. */
export function key<Schema extends z.ZodMiniType>(schema: Schema, description: string): Schema {
  return schema.check(z.describe(description))
}

/** A key that may be left out. */
export function optional<Schema extends z.ZodMiniType>(
  schema: Schema,
  description: string,
): z.ZodMiniOptional<Schema> {
  return key(z.optional(schema), description)
}

/** A duration in a script: `250ms`, `2s`, `1m`, `1h`. */
export const duration = z
  .string()
  .check(z.regex(/^(\d+(ms|s|m|h))+$|^0$/, "expected a duration such as '250ms', '2s' or '1m'"))

/** The milliseconds of a duration that was checked; 0 where there is none. */
export const toMs = (value: string | undefined): number =>
  value === undefined ? 0 : (durationMs(value) ?? 0)

/** An exit status. */
export const exitStatus = z.int().check(z.minimum(0), z.maximum(255))
