import { didYouMean } from '@oz-agent/core'
import {
  COMMANDS,
  type Command,
  OPTIONS,
  type OptionName,
  type OptionSpec,
  optionsOf,
} from './option-specs.ts'

/** What a command line says, before the values are judged. */
export interface CommandLine {
  readonly command: Command
  /** Every value of every option that was given. */
  readonly given: ReadonlyMap<OptionName, readonly string[]>
  /** Arguments that are no options: the files to check. */
  readonly rest: readonly string[]
  readonly problems: readonly string[]
}

/** Reads `COMMAND --option=value --option value --switch files…` and collects everything that is wrong. */
export function readCommandLine(
  args: readonly string[],
): CommandLine | { readonly problems: readonly string[] } {
  const [word, ...others] = args
  const command = COMMANDS.find((one) => one === word)
  if (command === undefined) {
    const told = word === undefined ? 'no command given' : `there is no command ${word}`
    return {
      problems: [`${told}: expected one of ${COMMANDS.join(', ')}.${didYouMean(word ?? '', COMMANDS)}`],
    }
  }
  const known = optionsOf(command)
  const given = new Map<OptionName, string[]>()
  const rest: string[] = []
  const problems: string[] = []
  const queue = [...others]
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    if (!next.startsWith('--')) {
      rest.push(next)
      continue
    }
    const equals = next.indexOf('=')
    const name = next.slice(2, equals < 0 ? undefined : equals)
    const inline = equals < 0 ? undefined : next.slice(equals + 1)
    const option = known.find((one) => one === name)
    if (option === undefined) {
      problems.push(`--${name}: ${command} has no such option.${didYouMean(name, known)}`)
      continue
    }
    const spec: OptionSpec = OPTIONS[option]
    if (spec.value === undefined) {
      if (inline !== undefined) problems.push(`--${name}: is a switch and takes no value`)
      given.set(option, ['true'])
      continue
    }
    const value = inline ?? (queue[0]?.startsWith('--') ? undefined : queue.shift())
    if (value === undefined) problems.push(`--${name}: expected ${spec.value} after it`)
    else if (given.has(option) && spec.repeatable !== true) problems.push(`--${name}: given twice`)
    else given.set(option, [...(given.get(option) ?? []), value])
  }
  if (command !== 'check' && rest.length > 0) problems.push(`${rest.join(' ')}: ${command} takes no files`)
  return { command, given, rest, problems }
}

/** The help of the program. */
export function helpText(): string {
  const lines = [
    'usage: oz-agent-gitlab COMMAND [options]',
    '',
    '  generate    print the includable template',
    '  init        write template and program into a repository, and print the include lines',
    '  component   write a component project for the CI/CD catalog',
    '  check       check what .gitlab-ci.yml hands to its local includes, in the words of GitLab',
  ]
  for (const command of COMMANDS) {
    const options = optionsOf(command).filter((name) => command === 'generate' || 'commands' in OPTIONS[name])
    if (options.length === 0) continue
    lines.push(
      '',
      command === 'generate' ? 'options of generate, init and component' : `options of ${command}`,
    )
    for (const name of options) lines.push(...describe(name))
  }
  return `${lines.join('\n')}\n`
}

function describe(name: OptionName): readonly string[] {
  const spec: OptionSpec = OPTIONS[name]
  const fallback = spec.default ? ` Default: ${spec.default}.` : ''
  return [`  --${name}${spec.value === undefined ? '' : `=${spec.value}`}`, `      ${spec.help}${fallback}`]
}
