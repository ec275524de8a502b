import {
  didYouMean,
  type Environment,
  INPUT_IDS,
  type InputProblem,
  type RawInputs,
  spell,
  unspell,
} from '@oz-agent/core'
import * as z from 'zod'
import { allOptions } from '../options/all-options.ts'
import { OWN_NAMES, OWN_OPTIONS, type OwnName, type OwnValues } from '../options/own-options.ts'

/** The options of one use of the plugin, the plugin's own ones checked. */
export interface Configuration {
  /** What belongs to the contract, by the names that its user typed; core checks it. */
  readonly inputs: RawInputs
  readonly own: OwnValues
  /** The own options that the user gave, rather than left to their defaults. */
  readonly given: ReadonlySet<OwnName>
  readonly problems: readonly InputProblem[]
}

/** Plugins without options get `null`; of those that have one without a value, the agent drops all. */
const NOT_PASSED =
  'the Buildkite agent handed over no options. It hands over none at all where one has no value (`model:` and nothing behind it): give that one a value, or take it out'

const optionsObject = z.record(z.string(), z.json())
const KNOWN_INPUTS = new Set(INPUT_IDS.map((id) => spell(id, 'kebab')))

/**
 * Reads `BUILDKITE_PLUGIN_CONFIGURATION`, which unlike the variables of the single options loses nothing.
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
  // What a plugin without options has.
  if (text.trim() === '' || text.trim() === 'null') return {}
  try {
    return optionsObject.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

function readOwn(parsed: z.output<typeof optionsObject>): Omit<Configuration, 'inputs'> {
  const own: Partial<Record<OwnName, unknown>> = {}
  const given = new Set<OwnName>()
  const problems: InputProblem[] = []
  for (const name of OWN_NAMES) {
    const option = OWN_OPTIONS[name]
    const preset = 'default' in option ? option.default : undefined
    const reading = option.schema.safeParse(parsed[name] ?? null)
    if (reading.success) {
      if (reading.data !== undefined) given.add(name)
      own[name] = reading.data ?? preset
    } else {
      own[name] = preset
      problems.push(...reading.error.issues.map(({ message }) => ({ name, message })))
    }
  }
  return { own: own as OwnValues, given, problems }
}

function isOwn(name: string): name is OwnName {
  return OWN_NAMES.some((own) => own === name)
}

/** Spelled another way (`saved_prompt`), or nearly right. */
function suggestion(name: string): string {
  const names = allOptions().map((option) => option.name)
  const kebab = spell(unspell(name), 'kebab')
  return didYouMean(names.includes(kebab) ? kebab : name, names)
}
