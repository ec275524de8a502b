import {
  didYouMean,
  type Environment,
  INPUT_IDS,
  type InputProblem,
  nearest,
  type RawInputs,
  spell,
  VARIABLE_PREFIX,
} from '@oz-agent/core'
import type { Arguments } from './command-line.ts'
import { type CommandName, OWN_OPTIONS, type OwnOptionName, ownOptionsOf } from './options.ts'

/** Variables with the prefix that are no options: the mark of a run that this one is part of, and the plugin's own. */
const NO_OPTIONS = ['OZ_AGENT_RUN_MARKER', 'OZ_AGENT_NODE_OPTIONS']

const variableOf = (own: OwnOptionName): string => VARIABLE_PREFIX + own.replaceAll('-', '_').toUpperCase()

/** What the variables say that was not given as flags. */
export interface EnvironmentInputs {
  readonly inputs: RawInputs
  readonly own: Partial<Record<OwnOptionName, string>>
  readonly problems: readonly InputProblem[]
}

/**
 * Options from variables: `OZ_AGENT_PROMPT_FILE` for `--prompt-file`, `OZ_AGENT_RESULT_FOLDER` for `--result-folder`.
 * A flag wins. A variable with the prefix that is no option but nearly one is a problem; any other is somebody else's. Pure.
 */
export function readEnvironment(
  env: Environment,
  flags: Pick<Arguments, 'inputs' | 'own'>,
  command: CommandName,
): EnvironmentInputs {
  const ids = new Map(INPUT_IDS.map((id) => [spell(id, 'variable'), id]))
  const owns = new Map(OWN_OPTIONS.map(({ name }) => [variableOf(name), name]))
  const known = [...ids.keys(), ...owns.keys()]
  const inputs: Record<string, string> = {}
  const own: Partial<Record<OwnOptionName, string>> = {}
  const problems: InputProblem[] = []
  for (const [name, value] of Object.entries(env)) {
    if (!name.startsWith(VARIABLE_PREFIX) || value === undefined || value.trim() === '') continue
    const id = ids.get(name)
    const option = owns.get(name)
    if (id !== undefined) {
      if (!Object.hasOwn(flags.inputs, spell(id, 'flag'))) inputs[name] = value
    } else if (option !== undefined) {
      // A job sets its variables for all commands: what another one takes is passed over.
      const isTaken = ownOptionsOf(command).some((one) => one.name === option)
      if (isTaken && flags.own[option] === undefined) own[option] = value
    } else if (!NO_OPTIONS.includes(name) && nearest(name, known) !== undefined) {
      problems.push({ name, message: `there is no such input.${didYouMean(name, known)}` })
    }
  }
  return { inputs, own, problems }
}

/** All that a command was given, by flags and variables. */
export interface Options {
  readonly inputs: RawInputs
  readonly own: OwnValues
  /** How an own option was typed: `--json` or `OZ_AGENT_JSON`. */
  nameOf(name: OwnOptionName): string
  readonly problems: readonly InputProblem[]
}

export interface OwnValues {
  readonly 'result-folder'?: string
  readonly 'outputs-file'?: string
  readonly 'tool-folder'?: string
  readonly json?: boolean
}

/** Puts flags and variables together, and checks the command's own options; core checks the inputs. Pure. */
export function readOptions(args: Arguments, env: Environment, command: CommandName): Options {
  const fromEnvironment = readEnvironment(env, args, command)
  const nameOf = (name: OwnOptionName) =>
    fromEnvironment.own[name] === undefined ? `--${name}` : variableOf(name)
  const problems = [...args.problems, ...fromEnvironment.problems]
  const own: Partial<Record<OwnOptionName, unknown>> = {}
  for (const { name, schema } of ownOptionsOf(command)) {
    const checked = schema.safeParse(args.own[name] ?? fromEnvironment.own[name] ?? null)
    if (checked.data !== undefined) own[name] = checked.data
    for (const { message } of checked.error?.issues ?? []) problems.push({ name: nameOf(name), message })
  }
  return { inputs: { ...args.inputs, ...fromEnvironment.inputs }, own: own as OwnValues, nameOf, problems }
}
