import type { CommandLine } from './command-line.ts'
import { OPTIONS, type OptionName, type OptionSpec } from './option-specs.ts'

/** The values of a command line's options, and what is wrong with them so far. */
export class OptionReader {
  readonly problems: string[] = []
  readonly #line: CommandLine

  constructor(line: CommandLine) {
    this.#line = line
  }

  get command(): CommandLine['command'] {
    return this.#line.command
  }

  /** Every value that was given, without the default. */
  all(name: OptionName): readonly string[] {
    return this.#line.given.get(name) ?? []
  }

  has(name: OptionName): boolean {
    return this.#line.given.has(name)
  }

  /** The value that was given, else the default; empty when there is neither. */
  one(name: OptionName): string {
    const spec: OptionSpec = OPTIONS[name]
    return this.all(name)[0] ?? spec.default ?? ''
  }

  /** The same, which must have a form that the words after "expected" describe. */
  pattern(name: OptionName, form: RegExp, expected: string): string {
    const value = this.one(name)
    if (!form.test(value)) this.wrong(name, `expected ${expected}, got "${value}"`)
    return value
  }

  wrong(name: OptionName, message: string): void {
    this.problems.push(`--${name}: ${message}`)
  }
}
