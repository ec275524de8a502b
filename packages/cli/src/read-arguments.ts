import { parseArgs } from 'node:util'
import {
  didYouMean,
  INPUT_IDS,
  INPUTS,
  type InputId,
  type InputProblem,
  type InputSpec,
  type RawInputs,
  spell,
} from '@oz-agent/core'
import { type CommandName, OWN_OPTIONS, type OwnOption, type OwnOptionName } from './options.ts'

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
