import { type CommandSpec, type OptionSpec, signature } from './command.ts'

/** The command that was reached, with the words that led to it (`oz agent run`). */
export interface Position {
  readonly words: readonly string[]
  readonly command: CommandSpec
}

const HINT = "For more information, try '--help'.\n"

export function usageLine({ words, command }: Position): string {
  const positionals = (command.positionals ?? []).map((name) => ` <${name}>`).join('')
  const required = (command.options ?? [])
    .filter((option) => command.required?.includes(option.long))
    .map((option) => ` ${signature(option)}`)
    .join('')
  const subcommand = command.subcommands ? ' <COMMAND>' : ''
  return `Usage: ${words.join(' ')}${required} [OPTIONS]${positionals}${subcommand}`
}

/** The text of a usage error, in clap's layout: what, a tip where there is one, the usage, the hint. */
export function usageError(what: string, at?: Position, tip?: string): string {
  const parts = [`error: ${what}`]
  if (tip) parts.push(`  tip: ${tip}`)
  if (at) parts.push(usageLine(at))
  return `${parts.join('\n\n')}\n\n${HINT}`
}

/** The name among `known` that a mistyped `name` most likely meant, if any is near. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((candidate) => ({ candidate, distance: editDistance(name, candidate) }))
    .sort((a, b) => a.distance - b.distance)
  const best = ranked[0]
  return best && best.distance <= (name.length < 4 ? 1 : Math.max(2, Math.floor(name.length / 3)))
    ? best.candidate
    : undefined
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) {
      const swap = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      current.push(Math.min(swap, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1))
    }
    previous = current
  }
  return previous[b.length] ?? 0
}

/** What `--help` prints: hidden options stay out of it, as in the real one. */
export function helpText(at: Position, globals: readonly OptionSpec[]): string {
  const { command } = at
  const lines = [command.about, '', usageLine(at)]
  if (command.subcommands) {
    lines.push(
      '',
      'Commands:',
      ...command.subcommands.map(({ name, about }) => `  ${name.padEnd(18)} ${about}`),
    )
  }
  const shown = [...(command.options ?? []), ...globals].filter((option) => !option.hidden)
  lines.push('', 'Options:', ...shown.map(optionLine), `  ${'-h, --help'.padEnd(44)} Print help`)
  return `${lines.join('\n')}\n`
}

function optionLine(option: OptionSpec): string {
  const names = `${option.short ? `-${option.short}, ` : '    '}${signature(option)}`
  const env = option.env ? ` [env: ${option.env}=]` : ''
  const choices = option.choices ? ` [possible values: ${option.choices.join(', ')}]` : ''
  return `  ${names.padEnd(44)} ${option.help}${env}${choices}`
}
