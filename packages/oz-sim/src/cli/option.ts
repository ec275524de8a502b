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
  readonly repeatable?: true
  readonly maxTimes?: number
  readonly hidden?: true
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
}

/** `--share [<SHARE>]`: how usage errors write an option. */
export function signature(option: OptionSpec): string {
  const value = option.value ?? option.long.toUpperCase().replaceAll('-', '_')
  if (option.arity === 'none') return `--${option.long}`
  return option.arity === 'one' ? `--${option.long} <${value}>` : `--${option.long} [<${value}>]`
}
