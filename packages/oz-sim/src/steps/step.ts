import type * as z from 'zod'
import type { Agent } from '../run/agent.ts'
import type { Zod } from '../script/zod.ts'

/** One kind of step: what it accepts and what the agent does then. A script writes it as `- <name>: <input>`. */
export interface Step<Name extends string, Schema extends z.ZodObject, Short extends string> {
  readonly name: Name
  readonly summary: string
  /** The key that a bare value stands for: `- message: Hello` is `- message: {text: Hello}`. */
  readonly shorthand?: Short
  /** zod is handed in, so that a run whose script needs no checking never loads it. */
  readonly schema: (z: Zod) => Schema
  readonly run: (input: z.input<Schema>, agent: Agent) => Promise<void> | void
}

export type AnyStep = Step<string, z.ZodObject, string>

// Which keys a bare value may stand for: those of the schema's input.
type KeyOf<Schema extends z.ZodObject> = keyof z.input<Schema> & string

export function defineStep<
  Name extends string,
  Schema extends z.ZodObject,
  Short extends KeyOf<Schema> = never,
>(step: Step<Name, Schema, Short>): Step<Name, Schema, Short> {
  return step
}

/** How a script may write a step: `{message: {text: 'Hello'}}` or `{message: 'Hello'}`. */
export type WrittenStep<S> =
  S extends Step<infer Name, infer Schema, infer Short>
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
