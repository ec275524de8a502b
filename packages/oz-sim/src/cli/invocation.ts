export type ValueSource = 'argument' | 'environment'

/** One use of an option; `value` is missing when an optional value was left out or a switch was set. */
export interface GivenValue {
  readonly value?: string
  readonly source: ValueSource
}

/** A command line that the parser accepted. */
export interface Invocation {
  /** `['agent', 'run']` */
  readonly command: readonly string[]
  readonly positionals: readonly string[]
  readonly given: ReadonlyMap<string, readonly GivenValue[]>
}

export const has = (call: Invocation, long: string): boolean => call.given.has(long)

/** The option's value; the last one when it was repeated. */
export const optionValue = (call: Invocation, long: string): string | undefined =>
  call.given.get(long)?.at(-1)?.value

/** Every value of a repeatable option, bare uses left out. */
export const optionValues = (call: Invocation, long: string): readonly string[] =>
  (call.given.get(long) ?? []).flatMap(({ value }) => (value === undefined ? [] : [value]))
