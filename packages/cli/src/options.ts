import { parseArgs } from 'node:util'
import {
  didYouMean,
  type Environment,
  INPUT_IDS,
  INPUTS,
  type InputId,
  type InputProblem,
  type InputSpec,
  nearest,
  type RawInputs,
  spell,
  VARIABLE_PREFIX,
} from '@oz-agent/core'

/** An option that only this command has. */
export interface OwnOption {
  readonly name: string
  readonly value?: string
  readonly description: string
  readonly commands: readonly CommandName[]
}

export const COMMANDS = [
  { name: 'run', description: 'Run one agent, with the outcome as exit code.' },
  {
    name: 'doctor',
    description: 'Say what is wrong with this machine, key or network, and how to repair it.',
  },
] as const

export type CommandName = (typeof COMMANDS)[number]['name']

export const OWN_OPTIONS = [
  {
    name: 'result-folder',
    value: 'folder',
    description: 'Where result.json, transcript.ndjson and summary.md go; a temporary folder if not given.',
    commands: ['run'],
  },
  {
    name: 'outputs-file',
    value: 'file',
    description:
      'Append the outputs to this file as key=value lines (line breaks as \\n, as in .properties files).',
    commands: ['run'],
  },
  {
    name: 'tool-folder',
    value: 'folder',
    description: 'Where downloaded versions of the CLI are kept.',
    commands: ['run', 'doctor'],
  },
  { name: 'json', description: 'Print the report as JSON.', commands: ['doctor'] },
  { name: 'help', description: 'Show this text.', commands: ['run', 'doctor'] },
] as const satisfies readonly OwnOption[]

export type OwnOptionName = (typeof OWN_OPTIONS)[number]['name']

/** What stands on the command line behind the command's name. */
export interface Arguments {
  /** Inputs by the flags that were typed, such as `--saved-prompt`. */
  readonly inputs: RawInputs
  readonly own: Partial<Record<OwnOptionName, string>>
  readonly problems: readonly InputProblem[]
}

const specOf = (id: InputId): InputSpec => INPUTS[id]
const flagOf = (id: InputId): string => spell(id, 'flag')

/**
 * Reads the flags of one command. A list takes its flag several times, a truth value stands alone, as
 * `--flag=false` or as `--no-flag`; every other takes a value. All mistakes are reported together. Pure.
 */
export function readArguments(args: readonly string[], command: CommandName): Arguments {
  const ownOptions: readonly OwnOption[] = OWN_OPTIONS.filter((option) =>
    (option.commands as readonly string[]).includes(command),
  )
  const { tokens } = parseArgs({ args: [...args], strict: false, tokens: true, options: shapes(ownOptions) })
  const flags = new Set([...INPUT_IDS.map(flagOf), ...ownOptions.map(({ name }) => `--${name}`)])
  const problems: InputProblem[] = []
  const inputs: Record<string, string | string[]> = {}
  const own: Partial<Record<string, string>> = {}
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue
    if (token.kind === 'positional') {
      problems.push({
        name: token.value,
        message: 'is no flag: give every value behind a flag, as --flag=value',
      })
      continue
    }
    const { rawName } = token
    const negated = rawName.startsWith('--no-') && !flags.has(rawName) ? `--${rawName.slice(5)}` : undefined
    const flag = negated ?? rawName
    const id = INPUT_IDS.find((known) => flagOf(known) === flag)
    const isOwn = ownOptions.some(({ name }) => `--${name}` === flag)
    const isTruth = id !== undefined && specOf(id).kind === 'boolean'
    if (!flags.has(flag) || (negated !== undefined && !isTruth)) {
      problems.push({ name: rawName, message: `there is no such flag.${didYouMean(rawName, [...flags])}` })
    } else if (isTruth) {
      take(flag, negated === undefined ? (token.value ?? 'true') : 'false', false)
    } else if (
      isOwn &&
      token.value === undefined &&
      ownOptions.some((o) => `--${o.name}` === flag && !o.value)
    ) {
      own[flag.slice(2)] = 'true'
    } else if (
      token.value === undefined ||
      (!token.inlineValue && flags.has(token.value.split('=')[0] ?? ''))
    ) {
      problems.push({ name: flag, message: `has no value: write ${flag}=value` })
    } else if (isOwn) own[flag.slice(2)] = token.value
    else take(flag, token.value, id !== undefined && specOf(id).kind === 'list')
  }
  return { inputs, own, problems }

  function take(flag: string, value: string, isList: boolean): void {
    const earlier = inputs[flag]
    if (isList) inputs[flag] = [...(Array.isArray(earlier) ? earlier : []), value]
    else if (earlier === undefined) inputs[flag] = value
    else problems.push({ name: flag, message: 'given twice: keep one' })
  }
}

function shapes(ownOptions: readonly OwnOption[]) {
  const options: Record<string, { type: 'string' | 'boolean' }> = {}
  for (const id of INPUT_IDS) {
    options[spell(id, 'kebab')] = { type: specOf(id).kind === 'boolean' ? 'boolean' : 'string' }
  }
  for (const { name, value } of ownOptions)
    options[name] = { type: value === undefined ? 'boolean' : 'string' }
  return options
}

/**
 * Inputs from variables (`OZ_AGENT_PROMPT_FILE` for `--prompt-file`) that were not given as flags. A variable with
 * the prefix that is no input but nearly one is handed on, so that it is reported; any other is somebody else's. Pure.
 */
export function readEnvironment(env: Environment, flags: RawInputs): RawInputs {
  const names = INPUT_IDS.map((id) => spell(id, 'variable'))
  const inputs: Record<string, string> = {}
  for (const [name, value] of Object.entries(env)) {
    if (!name.startsWith(VARIABLE_PREFIX) || value === undefined || value.trim() === '') continue
    const id = INPUT_IDS[names.indexOf(name)]
    if (id === undefined) {
      if (nearest(name, names) !== undefined) inputs[name] = value
    } else if (!Object.hasOwn(flags, spell(id, 'flag'))) inputs[name] = value
  }
  return inputs
}
