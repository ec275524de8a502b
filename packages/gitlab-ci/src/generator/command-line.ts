import { didYouMean } from '@oz-agent/core'
import { Command, CommanderError, Option } from 'commander'
import {
  COMMAND_NAMES,
  COMMANDS,
  type CommandName,
  OPTIONS,
  type OptionName,
  type OptionSpec,
  optionsOf,
} from './options.ts'

/** What the arguments say, before the values of the options are checked. */
export interface CommandLine {
  readonly command: CommandName
  /** The values of every option that was given; `true` for a switch. */
  readonly given: ReadonlyMap<OptionName, readonly string[]>
  /** The arguments that are no options: the files to check. */
  readonly files: readonly string[]
  readonly problems: readonly string[]
}

type Reading = CommandLine | { readonly help: string } | { readonly problems: readonly string[] }

/** Stands for a value that is missing: no argument of a process can hold it. */
const NO_VALUE = '\0'

/** Reads `COMMAND --option=value --option value --switch files…`. All problems are reported together. */
export function readCommandLine(args: readonly string[]): Reading {
  let reading: Reading = { problems: [] }
  let help = ''
  const program = new Command('oz-agent-gitlab')
    .usage('COMMAND [options]')
    .description('Writes and checks the GitLab template that runs an Oz agent as a job.')
    .addHelpText('after', '\noz-agent-gitlab COMMAND --help shows the options of a command.')
    .configureOutput({
      writeOut: (text) => {
        help += text
      },
    })
    .configureHelp({
      helpWidth: 100,
      optionTerm: ({ flags }) => flags.replace(/ \[(.+)\]$/, '=$1'),
      optionDescription: ({ description }) => description,
    })
    .helpOption('-h, --help', 'Show this help.')
    .helpCommand('help [command]', 'Show the options of a command.')
    .exitOverride()
    // Unknown words come to us, so that they are reported in our words and with everything else.
    .argument('[words...]')
    .allowUnknownOption()
    .action((words: readonly string[]) => {
      reading = { problems: [unknownCommand(words[0])] }
    })
  for (const name of COMMAND_NAMES) {
    const command = program.command(name).description(COMMANDS[name])
    command.usage(name === 'check' ? '[options] [files...]' : '[options]')
    command.allowUnknownOption().allowExcessArguments()
    for (const option of optionsOf(name)) command.addOption(commanderOption(option))
    command.action(() => {
      reading = readCommand(name, command)
    })
  }
  try {
    program.parse(args, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError && help !== '')) throw error
    return { help }
  }
  return reading
}

function unknownCommand(word: string | undefined): string {
  const problem = word === undefined ? 'no command given' : `there is no command ${word}`
  return `${problem}: expected one of ${COMMAND_NAMES.join(', ')}.${didYouMean(word ?? '', COMMAND_NAMES)}`
}

/** Every option collects its values. A missing value is allowed here, so that it is reported with everything else. */
function commanderOption(name: OptionName): Option {
  const spec: OptionSpec = OPTIONS[name]
  const help = spec.default ? `${spec.help} Default: \`${spec.default}\`.` : spec.help
  if (spec.value === undefined) return new Option(`--${name}`, help)
  return new Option(`--${name} [${spec.value}]`, help)
    .preset(NO_VALUE)
    .argParser((value, previous: readonly string[] = []) => [...previous, value])
}

function readCommand(name: CommandName, command: Command): CommandLine {
  const given = new Map<OptionName, readonly string[]>()
  const problems = command.args
    .filter((word) => word.startsWith('-'))
    .map((word) => unknownOption(name, word))
  for (const option of optionsOf(name)) {
    const spec: OptionSpec = OPTIONS[option]
    const value: unknown = command.getOptionValue(new Option(`--${option}`).attributeName())
    if (value === undefined) continue
    const values = Array.isArray(value) ? value.map(String) : ['true']
    if (values.includes(NO_VALUE)) problems.push(`--${option}: expected ${spec.value} after it`)
    else if (values.length > 1 && spec.repeatable !== true) problems.push(`--${option}: given twice`)
    given.set(
      option,
      values.filter((one) => one !== NO_VALUE),
    )
  }
  const files = command.args.filter((word) => !word.startsWith('-'))
  if (name !== 'check' && files.length > 0) problems.push(`${files.join(' ')}: ${name} takes no files`)
  return { command: name, given, files, problems }
}

function unknownOption(command: CommandName, word: string): string {
  const known = optionsOf(command)
  const name = word.replace(/^-+/, '').replace(/=.*$/s, '')
  // Commander takes a switch with a value for an unknown option.
  if (known.some((one) => one === name)) return `--${name}: is a switch and takes no value`
  return `${word.replace(/=.*$/s, '')}: ${command} has no such option.${didYouMean(name, known)}`
}

/** The value of an option, or its default; empty when it has neither. */
export function optionValue({ given }: CommandLine, name: OptionName): string {
  const spec: OptionSpec = OPTIONS[name]
  return given.get(name)?.[0] ?? spec.default ?? ''
}
