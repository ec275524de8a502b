import {
  didYouMean,
  INPUT_IDS,
  INPUTS,
  type InputId,
  type InputProblem,
  type InputSpec,
  OUTPUTS,
  type RawInputs,
  spell,
  unspell,
} from '@oz-agent/core'
import { Command, Option } from 'commander'
import { COMMANDS, type CommandName, type OwnOption, type OwnOptionName, ownOptionsOf } from './options.ts'

/** What stands on the command line behind the command's name. */
export interface Arguments {
  /** Inputs by the flags that were typed, such as `--saved-prompt`. */
  readonly inputs: RawInputs
  readonly own: Partial<Record<OwnOptionName, string>>
  readonly problems: readonly InputProblem[]
}

/** One flag of a command: an input of the contract, or an option of its own. */
interface Flag {
  /** With its dashes. */
  readonly flag: string
  readonly own: OwnOptionName | undefined
  readonly kind: 'truth' | 'list' | 'value'
  /** How its value is shown in the help. */
  readonly value: string
  readonly description: string
  readonly canBeDenied: boolean
}

/** Stands behind the last argument for a value that is missing: no argument of a process can hold it. */
const NO_VALUE = '\0'
const NEEDS_FLAG = 'is no flag: give every value behind a flag, as --flag=value'

/**
 * Reads the flags of one command. A list takes its flag several times, a truth value stands alone, as
 * `--flag=false` or as `--no-flag`; every other takes a value. All mistakes are reported together. Pure.
 */
export function readArguments(args: readonly string[], name: CommandName): Arguments {
  const flags = flagsOf(name)
  const known = [...flags.map(({ flag }) => flag), '--help']
  const given: { readonly flag: Flag; readonly value: string | undefined }[] = []
  const problems: InputProblem[] = []
  const command = createCommand(name)
    .helpOption(false)
    .allowUnknownOption()
    .allowExcessArguments()
    .action(() => {})
  for (const flag of flags) {
    command.on(`option:${flag.flag.slice(2)}`, (value?: string) => given.push({ flag, value }))
    command.on(`option:no-${flag.flag.slice(2)}`, () => given.push({ flag, value: 'false' }))
  }
  command.parse([...joinDashes(args, flags), NO_VALUE], { from: 'user' })
  for (const word of command.args.filter((one) => one !== NO_VALUE)) {
    const [typed = '', value] = split(word)
    const denied = flags.find(({ flag, canBeDenied }) => canBeDenied && typed === `--no-${flag.slice(2)}`)
    const flag = flags.find((one) => one.flag === typed)
    if (!word.startsWith('-') || word === '-') problems.push({ name: word, message: NEEDS_FLAG })
    else if (denied !== undefined) {
      problems.push({ name: typed, message: `takes no value: write ${typed}, or ${denied.flag}=true` })
    } else if (flag?.kind === 'truth') given.push({ flag, value })
    else if (flag !== undefined) problems.push({ name: word, message: NEEDS_FLAG })
    else problems.push({ name: typed, message: `there is no such flag.${didYouMean(typed, known)}` })
  }
  const inputs: Record<string, string | string[]> = {}
  const own: Partial<Record<OwnOptionName, string>> = {}
  const twice = (flag: string) => problems.push({ name: flag, message: 'given twice: keep one' })
  for (const { flag: one, value = 'true' } of given) {
    const { flag, kind } = one
    const earlier = inputs[flag]
    if (value === NO_VALUE) problems.push({ name: flag, message: `has no value: write ${flag}=value` })
    else if (kind === 'list') inputs[flag] = [...(Array.isArray(earlier) ? earlier : []), value]
    else if (one.own !== undefined) {
      if (own[one.own] === undefined) own[one.own] = value
      else twice(flag)
    } else if (earlier === undefined) inputs[flag] = value
    else twice(flag)
  }
  return { inputs, own, problems }
}

/**
 * Commander takes a value that begins with a dash for the next flag. Here it is a value, as in `--prompt '- fix it'`,
 * unless it is a flag of this command.
 */
function joinDashes(args: readonly string[], flags: readonly Flag[]): string[] {
  const known = (word: string) =>
    flags.find(({ flag, canBeDenied }) => {
      const name = split(word)[0]
      return flag === name || (canBeDenied && flag.replace('--', '--no-') === name)
    })
  const joined: string[] = []
  for (let at = 0; at < args.length; at += 1) {
    const [word = '', next = ''] = args.slice(at, at + 2)
    const takesNext = known(word)?.flag === word && known(word)?.kind !== 'truth'
    if (takesNext && next.startsWith('-') && known(next) === undefined) {
      joined.push(`${word}=${next}`)
      at += 1
    } else if (takesNext && known(next) !== undefined) joined.push(`${word}=${NO_VALUE}`)
    else joined.push(word)
  }
  return joined
}

function split(word: string): [name: string, value?: string] {
  const at = word.indexOf('=')
  return at < 0 ? [word] : [word.slice(0, at), word.slice(at + 1)]
}

function flagsOf(command: CommandName): readonly Flag[] {
  const own = ownOptionsOf(command).map(
    ({ name, value, description }: OwnOption & { name: OwnOptionName }) => ({
      flag: `--${name}`,
      own: name,
      kind: value === undefined ? ('truth' as const) : ('value' as const),
      value: value === undefined ? '' : `<${value}>`,
      description,
      canBeDenied: false,
    }),
  )
  return [...own, ...INPUT_IDS.map(inputFlag)]
}

function inputFlag(id: InputId): Flag {
  const { kind, choices, description, default: standard, defaultNote }: InputSpec = INPUTS[id]
  const note = standard ?? defaultNote
  const form = kind === 'list' ? '<entry>, repeatable' : `<${kind}>`
  return {
    flag: spell(id, 'flag'),
    own: undefined,
    kind: kind === 'boolean' ? 'truth' : kind === 'list' ? 'list' : 'value',
    value: kind === 'boolean' ? '' : (choices?.join('|') ?? form),
    description: `${inFlags(description)}${note === undefined ? '' : ` Default: ${note}.`}`,
    canBeDenied: kind === 'boolean',
  }
}

/** An input, and a part of a skill's specification too: the descriptions mean the latter. */
const AMBIGUOUS = 'name'

/** A description of the contract in the spelling of the command: inputs as flags, outputs by their names. Pure. */
export function inFlags(description: string): string {
  return description.replace(/`([^`]+)`/g, (_, word: string) => {
    const id = unspell(word)
    if (spell(id, 'snake') !== word) return word
    if (OUTPUTS.some((output) => output.id === id)) return `the output ${word}`
    return id in INPUTS && word !== AMBIGUOUS ? spell(id, 'flag') : word
  })
}

/** One command as commander knows it: its flags and its help. */
function createCommand(name: CommandName): Command {
  const flags = flagsOf(name)
  const command = new Command(name)
    .usage('[--flag=value …]')
    .description(COMMANDS.find((one) => one.name === name)?.description ?? '')
    .exitOverride()
    .configureHelp({
      helpWidth: 100,
      optionTerm: ({ long }) => {
        const { flag, value, canBeDenied } = flags.find((one) => one.flag === long) ?? { flag: '-h, --help' }
        if (canBeDenied) return `${flag}, ${flag.replace('--', '--no-')}`
        return value ? `${flag}=${value}` : flag
      },
      optionDescription: ({ description }) => description,
    })
  for (const { flag, kind, description, canBeDenied, own } of flags) {
    const group = own === undefined ? 'Inputs:' : 'Options:'
    const usage = kind === 'truth' ? flag : `${flag} <value>`
    command.addOption(new Option(usage, description).helpGroup(group))
    if (canBeDenied) command.addOption(new Option(flag.replace('--', '--no-')).hideHelp())
  }
  return command
}

/** What `oz-agent --help` shows. */
export function generalHelp(): string {
  const program = new Command('oz-agent').usage('<command> [--flag=value …]').helpCommand(false)
  program.helpOption('-h, --help', 'Show this text.').version('', '-V, --version', 'Show the version.')
  for (const { name, description } of COMMANDS) {
    program.addCommand(new Command(name).description(description).helpOption(false))
  }
  return `${program.helpInformation()}\noz-agent <command> --help shows its flags.\n`
}

/** The flags of one command, from the contract. */
export function commandHelp(name: CommandName): string {
  const command = createCommand(name).helpOption('-h, --help', 'Show this text.')
  const note = 'Every flag can be given as a variable instead: OZ_AGENT_PROMPT_FILE for --prompt-file.'
  return `oz-agent ${command.helpInformation().replace(/^Usage: /, '')}\n${note}\n`
}
