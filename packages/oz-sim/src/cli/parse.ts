import type { Environment } from '../process-host.ts'
import { checkGiven } from './check.ts'
import {
  type CommandSpec,
  type GivenValue,
  type Grammar,
  type Invocation,
  type OptionSpec,
  signature,
  type ValueSource,
} from './command.ts'
import { helpText, nearest, type Position, usageError } from './usage.ts'

/** What a command line came to: a call to carry out, a text to print and exit 0, or an error to exit 2 with. */
export type ParseResult =
  | { readonly kind: 'call'; readonly call: Invocation }
  | { readonly kind: 'version' }
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'usage-error'; readonly text: string }

class Stop {
  readonly result: ParseResult
  constructor(result: ParseResult) {
    this.result = result
  }
}

/**
 * Parses `args` by clap's rules. The ones that matter to callers: what begins with `-` is never taken as the
 * separate value of an option (only `--flag=value` carries it), an option that is not repeatable may be given
 * once, `--` ends the options, and options of a parent command stand before its subcommand unless they are global.
 */
export function parseArgs(grammar: Grammar, args: readonly string[], env: Environment): ParseResult {
  try {
    return new Parser(grammar, args, env).parse()
  } catch (error) {
    if (error instanceof Stop) return error.result
    throw error
  }
}

class Parser {
  readonly #grammar: Grammar
  readonly #rest: string[]
  readonly #isEmpty: boolean
  readonly #env: Environment
  readonly #given = new Map<string, GivenValue[]>()
  /** How deep in the path each option was given: a global one may be given once a level, and the deepest wins. */
  readonly #levels = new Map<string, number>()
  readonly #positionals: string[] = []
  readonly #path: CommandSpec[]

  constructor(grammar: Grammar, args: readonly string[], env: Environment) {
    this.#grammar = grammar
    this.#rest = [...args]
    this.#isEmpty = args.length === 0
    this.#env = env
    this.#path = [grammar.root]
  }

  parse(): ParseResult {
    for (let arg = this.#rest.shift(); arg !== undefined; arg = this.#rest.shift()) {
      if (arg === '--') for (const word of this.#rest.splice(0)) this.#positional(word)
      else if (arg.startsWith('--')) this.#long(arg)
      else if (arg.startsWith('-') && arg !== '-') this.#short(arg)
      else this.#word(arg)
    }
    const at = this.#at()
    const all = [...this.#path.flatMap((command) => command.options ?? []), ...this.#grammar.globals]
    const acting = all.find(({ acts, long }) => acts && this.#given.delete(long))
    const enough = acting || !at.command.subcommands || (at.command.alone && this.#isEmpty)
    if (!enough) throw new Stop({ kind: 'usage-error', text: helpText(at, this.#grammar.globals) })
    this.#readEnvironment(all)
    const problem = checkGiven(this.#path, all, this.#given, this.#positionals)
    if (problem) this.#fail(problem)
    const command = acting ? [acting.long] : this.#path.slice(1).map(({ name }) => name)
    return { kind: 'call', call: { command, positionals: this.#positionals, given: this.#given } }
  }

  #at(): Position {
    const command = this.#path.at(-1) ?? this.#grammar.root
    return { words: this.#path.map(({ name }) => name), command }
  }

  #fail(what: string, tip?: string): never {
    throw new Stop({ kind: 'usage-error', text: usageError(what, this.#at(), tip) })
  }

  #known(): readonly OptionSpec[] {
    return [...(this.#at().command.options ?? []), ...this.#grammar.globals]
  }

  #unexpected(arg: string): never {
    const near = nearest(
      arg.replace(/^--/, ''),
      this.#known().map(({ long }) => long),
    )
    this.#fail(
      `unexpected argument '${arg}' found`,
      near && arg.startsWith('--') ? `a similar argument exists: '--${near}'` : undefined,
    )
  }

  #long(arg: string): void {
    const equals = arg.indexOf('=')
    const name = arg.slice(2, equals === -1 ? undefined : equals)
    const option = this.#known().find(({ long }) => long === name)
    if (option) this.#take(option, equals === -1 ? undefined : arg.slice(equals + 1))
    else if (name === 'help' || !this.#at().command.open)
      this.#standard(name === 'help', name === 'version', `--${name}`)
  }

  // `-Cdir`, `-C=dir`, `-C dir`; a switch may be followed by more letters.
  #short(arg: string): void {
    for (let index = 1; index < arg.length; index++) {
      const letter = arg[index]
      const option = this.#known().find(({ short }) => short === letter)
      if (!option && letter !== 'h' && this.#at().command.open) break
      if (!option) this.#standard(letter === 'h', letter === 'V', `-${letter}`)
      else if (option.arity === 'none') this.#take(option, undefined)
      else {
        const attached = arg.slice(index + 1)
        this.#take(option, attached === '' ? undefined : attached.replace(/^=/, ''))
        break
      }
    }
  }

  #standard(help: boolean, version: boolean, written: string): never {
    if (help) throw new Stop({ kind: 'help', text: helpText(this.#at(), this.#grammar.globals) })
    if (version && this.#path.length === 1) throw new Stop({ kind: 'version' })
    this.#unexpected(written)
  }

  #take(option: OptionSpec, attached: string | undefined): void {
    if (option.arity === 'none' && attached !== undefined) {
      this.#fail(`unexpected value '${attached}' for '--${option.long}' found; no more were expected`)
    }
    const value =
      option.arity === 'none' ? undefined : (attached ?? this.#separateValue(option) ?? option.bare)
    this.#push(option, value, 'argument')
  }

  #separateValue(option: OptionSpec): string | undefined {
    const next = this.#rest[0]
    if (next !== undefined && (next === '-' || !next.startsWith('-'))) return this.#rest.shift()
    if (option.arity === 'optional') return undefined
    if (next !== undefined && next !== '--' && !this.#isFlag(next)) this.#unexpected(flagPart(next))
    return this.#missing(option)
  }

  #isFlag(arg: string): boolean {
    const part = flagPart(arg)
    if (part === '--help' || part === '-h') return true
    return this.#known().some(({ long, short }) => part === `--${long}` || part === `-${short}`)
  }

  #missing(option: OptionSpec): never {
    const choices = option.choices ? `\n  [possible values: ${option.choices.join(', ')}]` : ''
    const what = `a value is required for '${signature(option)}' but none was supplied${choices}`
    throw new Stop({ kind: 'usage-error', text: usageError(what) })
  }

  #push(option: OptionSpec, value: string | undefined, source: ValueSource): void {
    const level = this.#path.length
    const earlier = this.#levels.get(option.long) === level ? this.#given.get(option.long) : undefined
    if (earlier && !option.repeatable) {
      this.#fail(`the argument '${signature(option)}' cannot be used multiple times`)
    }
    if (value !== undefined) this.#validate(option, value)
    const entry: GivenValue = value === undefined ? { source } : { value, source }
    this.#given.set(option.long, [...(earlier ?? []), entry])
    this.#levels.set(option.long, level)
  }

  #validate(option: OptionSpec, value: string): void {
    if ((option.choices || option.filled) && value === '') this.#missing(option)
    const invalid = `invalid value '${value}' for '${signature(option)}'`
    if (option.choices && ![...option.choices, ...(option.choiceAliases ?? [])].includes(value)) {
      const near = nearest(value, option.choices)
      const what = `${invalid}\n  [possible values: ${option.choices.join(', ')}]`
      const tip = near && `a similar value exists: '${near}'`
      throw new Stop({ kind: 'usage-error', text: usageError(what, undefined, tip) })
    }
    const reason = option.check?.(value)
    if (reason) throw new Stop({ kind: 'usage-error', text: usageError(`${invalid}: ${reason}`) })
  }

  #word(arg: string): void {
    const { subcommands, open } = this.#at().command
    const found = subcommands?.find(({ name, aliases }) => name === arg || aliases?.includes(arg))
    if (found) this.#path.push(found)
    else if (!subcommands) this.#positional(arg)
    else if (arg === 'help') this.#help()
    else if (open) this.#path.push({ name: arg, about: '', open })
    else {
      const names = subcommands.map(({ name }) => name)
      const near = nearest(arg, names)
      this.#fail(`unrecognized subcommand '${arg}'`, near && `a similar subcommand exists: '${near}'`)
    }
  }

  #positional(arg: string): void {
    const { positionals: expected = [], open } = this.#at().command
    if (!open && this.#positionals.length >= expected.length) this.#fail(`unexpected argument '${arg}' found`)
    this.#positionals.push(arg)
  }

  /** The variables of global options are checked even where the option is given: clap reads them at every level. */
  #readEnvironment(options: readonly OptionSpec[]): void {
    for (const option of options) {
      const value = option.env === undefined ? undefined : this.#env[option.env]
      if (value === undefined) continue
      if (!this.#given.has(option.long)) this.#push(option, value, 'environment')
      else if (this.#grammar.globals.includes(option)) this.#validate(option, value)
    }
  }

  /** `help`, with the words of a command behind it. */
  #help(): never {
    for (const word of this.#rest) this.#word(word)
    return this.#standard(true, false, 'help')
  }
}

/** The part of an argument that names flags: `--flag` of `--flag=value`, `-f` of `-fvalue`. */
const flagPart = (arg: string): string =>
  arg.startsWith('--') ? (arg.split('=')[0] ?? arg) : [...arg].slice(0, 2).join('')
