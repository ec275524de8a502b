/** How many values an option takes: none (a switch), exactly one, or one that may be left out. */
export type Arity = 'none' | 'one' | 'optional'

/** One option of a command, as data: the parser, the help and the tests read this and nothing else. */
export interface OptionSpec {
  readonly long: string
  readonly short?: string
  readonly arity: Arity
  readonly help: string
  /** Name of the value in usage texts; the option's own name in capitals where it is missing. */
  readonly value?: string
  /** Environment variable that stands in for the option. */
  readonly env?: string
  readonly choices?: readonly string[]
  /** Other spellings of choices, which help and errors do not show. */
  readonly choiceAliases?: readonly string[]
  /** An empty value counts as none. */
  readonly filled?: true
  /** What the option means when its optional value is left out; without it, a bare use has no value. */
  readonly bare?: string
  readonly repeatable?: true
  readonly hidden?: true
  /** A switch that is a command by itself. */
  readonly acts?: true
  /** Long names that may not be given together with this option. */
  readonly conflicts?: readonly string[]
  /** Long names that must be given together with this option. */
  readonly needs?: readonly string[]
  /** What is wrong with a value, or nothing when it is good. */
  readonly check?: (value: string) => string | undefined
}

/** One command: its options, its positional arguments and its subcommands. */
export interface CommandSpec {
  readonly name: string
  readonly about: string
  readonly options?: readonly OptionSpec[]
  readonly positionals?: readonly string[]
  readonly required?: readonly string[]
  /** At least one of these options must be given. */
  readonly oneOf?: readonly string[]
  readonly subcommands?: readonly CommandSpec[]
  readonly aliases?: readonly string[]
  /** A command of the real CLI of which only this much is known: further words and options are accepted. */
  readonly open?: true
  /** It may be called without a subcommand and without any option. */
  readonly alone?: true
}

/** `--share [<SHARE>]`: how usage errors write an option. */
export function signature(option: OptionSpec): string {
  const value = option.value ?? option.long.toUpperCase().replaceAll('-', '_')
  if (option.arity === 'none') return `--${option.long}`
  return option.arity === 'one' ? `--${option.long} <${value}>` : `--${option.long} [<${value}>]`
}

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

/** Everything that a program accepts. */
export interface Grammar {
  readonly root: CommandSpec
  readonly globals: readonly OptionSpec[]
}
