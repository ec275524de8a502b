import {
  didYouMean,
  type Environment,
  INPUT_IDS,
  INPUTS,
  type InputId,
  type InputProblem,
  type InputSpec,
  type RawInputs,
  spell,
  unspell,
} from '@oz-agent/core'
import * as z from 'zod'
import { OWN_NAMES, type OwnName, OwnOptions } from './own-options.ts'

/** The options of one use of the plugin. The plugin's own ones are checked. */
export interface Configuration {
  /** The inputs of the contract, by the names that the user typed; core checks them. */
  readonly inputs: RawInputs
  readonly own: OwnOptions
  /** The plugin's own options that the user gave; the others have their defaults. */
  readonly given: ReadonlySet<OwnName>
  readonly problems: readonly InputProblem[]
}

/** A plugin without options gets `null`. When one option has no value, the Buildkite agent drops them all. */
const NOT_PASSED =
  'the Buildkite agent handed over no options. It hands over none at all where one has no value (`model:` and nothing behind it): give that one a value, or take it out'

const optionsObject = z.record(z.string(), z.json())

/** The contract's inputs that this plugin shows. */
export const SHOWN_INPUTS: readonly InputId[] = INPUT_IDS.filter((id) => {
  const { platforms }: InputSpec = INPUTS[id]
  return platforms?.includes('buildkite') ?? true
})
const KNOWN_INPUTS = new Set(INPUT_IDS.map((id) => spell(id, 'kebab')))

/**
 * Reads `BUILDKITE_PLUGIN_CONFIGURATION`. Unlike the variables of the single options, it holds every value exactly.
 * https://buildkite.com/docs/pipelines/integrations/plugins/writing
 */
export function readConfiguration(env: Environment): Configuration {
  const text = env.BUILDKITE_PLUGIN_CONFIGURATION
  const parsed = text === undefined ? undefined : parseObject(text)
  if (parsed === undefined) {
    const problem = {
      name: 'BUILDKITE_PLUGIN_CONFIGURATION',
      message: text === undefined ? NOT_PASSED : 'expected options as a map, such as `prompt: …`',
    }
    return { ...readOwn({}), inputs: {}, problems: [problem] }
  }
  const inputs: Record<string, RawInputs[string]> = {}
  const unknown: InputProblem[] = []
  for (const [name, value] of Object.entries(parsed)) {
    if (isOwn(name)) continue
    if (KNOWN_INPUTS.has(name)) inputs[name] = value
    else unknown.push({ name, message: `there is no such option.${suggestion(name)}` })
  }
  const own = readOwn(parsed)
  return { ...own, inputs, problems: [...unknown, ...own.problems] }
}

function parseObject(text: string): z.output<typeof optionsObject> | undefined {
  // A plugin without options.
  if (text.trim() === '' || text.trim() === 'null') return {}
  try {
    return optionsObject.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

function readOwn(parsed: z.output<typeof optionsObject>): Omit<Configuration, 'inputs'> {
  const own: Partial<Record<OwnName, unknown>> = OwnOptions.parse({})
  const given = new Set<OwnName>()
  const problems: InputProblem[] = []
  for (const name of OWN_NAMES) {
    const reading = OwnOptions.shape[name].safeParse(parsed[name])
    if (reading.success) own[name] = reading.data
    else problems.push(...reading.error.issues.map(({ message }) => ({ name, message })))
    if (reading.success && isGiven(parsed[name])) given.add(name)
  }
  return { own: own as OwnOptions, given, problems }
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && String(value).trim() !== ''
}

function isOwn(name: string): name is OwnName {
  return OWN_NAMES.some((own) => own === name)
}

/** Names the option that was probably meant: another spelling (`saved_prompt`) or a typo. */
function suggestion(name: string): string {
  const names = [...OWN_NAMES, ...SHOWN_INPUTS.map((id) => spell(id, 'kebab'))]
  const kebab = spell(unspell(name), 'kebab')
  return didYouMean(names.some((known) => known === kebab) ? kebab : name, names)
}

const ON_FAILURE_ONLY = ['context-lines', 'context-bytes', 'rerun-after-fix'] as const

/** Options that do not fit the mode, and a mode that does not fit the step. */
export function checkMode(
  { own, given, inputs }: Pick<Configuration, 'own' | 'given' | 'inputs'>,
  stepHasCommand: boolean,
): readonly InputProblem[] {
  const problems: InputProblem[] = []
  if (own.mode === 'agent') {
    if (stepHasCommand && !given.has('mode')) {
      problems.push({
        name: 'mode',
        message:
          'the step has a command, which would not run: set `mode: on-failure` to run it and call the agent when it fails, `mode: agent` to have the agent in its place, or take the command out',
      })
    }
    for (const name of ON_FAILURE_ONLY) {
      if (given.has(name)) problems.push({ name, message: 'has no effect without `mode: on-failure`' })
    }
    return problems
  }
  if (!stepHasCommand) {
    problems.push({ name: 'mode', message: 'on-failure needs a command in the step, and it has none' })
  }
  const saved = inputs['saved-prompt']
  if (saved !== undefined && saved !== null && String(saved).trim() !== '') {
    problems.push({
      name: 'saved-prompt',
      message:
        'cannot be told of the failure: with `mode: on-failure` give `prompt`, `prompt-file` or `skill`',
    })
  }
  return problems
}
