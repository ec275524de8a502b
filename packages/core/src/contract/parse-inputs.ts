import { MIN_SECRET_LENGTH } from '../auth/secret-forms.ts'
import {
  INPUT_IDS,
  INPUTS,
  type InputId,
  type InputSpec,
  type InputValues,
  inputIdsOnlyFor,
} from './inputs.ts'
import { didYouMean, unspell } from './names.ts'
import type { RawValue } from './values.ts'

/** One thing that is wrong with an input, told by the name that its user typed. */
export interface InputProblem {
  readonly name: string
  readonly message: string
}

/** Inputs as an adapter found them, by the names that the user typed; absent and empty both mean "not given". */
export type RawInputs = Readonly<Record<string, RawValue>>

/** How the platform at hand spells the name of an input in messages. */
export type NameOf = (id: InputId) => string

export interface ParsedInputs {
  readonly values: InputValues
  /** The names under which inputs were given, for messages about them. */
  readonly nameOf: NameOf
  readonly problems: readonly InputProblem[]
}

/**
 * Checks every input against the contract and reports all problems at once.
 * @param platformName spells an id the platform's way; used for inputs that were not given.
 * @param also names of inputs that only this platform has; they are not the contract's concern and are passed over.
 */
export function parseInputs(
  raw: RawInputs,
  platformName: NameOf,
  also: readonly string[] = [],
): ParsedInputs {
  const given = new Map<InputId, { name: string; value: RawValue }>()
  const problems: InputProblem[] = []
  const known = INPUT_IDS.map(platformName)
  for (const [name, value] of Object.entries(raw)) {
    if (also.includes(name)) continue
    const id = INPUT_IDS.find((known) => known === name || known === unspell(name))
    if (id === undefined) {
      problems.push({ name, message: `there is no such input.${didYouMean(name, [...known, ...also])}` })
    } else {
      const earlier = given.get(id)
      if (earlier === undefined || isEmpty(earlier.value)) given.set(id, { name, value })
      else if (!isEmpty(value)) {
        problems.push({ name, message: `given twice (also as ${earlier.name}): keep one` })
      }
    }
  }
  const nameOf: NameOf = (id) => given.get(id)?.name ?? platformName(id)
  const values: Partial<Record<InputId, unknown>> = {}
  for (const id of INPUT_IDS) {
    const spec = specOf(id)
    const checked = spec.schema.safeParse(given.get(id)?.value ?? null)
    values[id] = checked.data ?? defaultOf(spec)
    for (const { message } of checked.error?.issues ?? []) problems.push({ name: nameOf(id), message })
  }
  return { values: values as InputValues, nameOf, problems }
}

function isEmpty(value: RawValue): boolean {
  return value === null || (typeof value === 'string' && value.trim() === '')
}

const specOf = (id: InputId): InputSpec => INPUTS[id]

function defaultOf({ schema, default: text }: InputSpec): unknown {
  return text === undefined ? undefined : schema.parse(text)
}

/** What the rules between inputs found: problems end the step, warnings are shown and the run goes on. */
export interface RuleFindings {
  readonly problems: readonly InputProblem[]
  readonly warnings: readonly string[]
}

/**
 * Checks the inputs against each other.
 * @param lenient where the official action only warns about an input of its own that has no effect, warn too (GitHub).
 */
export function checkInputRules(values: InputValues, nameOf: NameOf, lenient: boolean): RuleFindings {
  const problems: InputProblem[] = []
  const warnings: string[] = []
  const noEffect = (id: InputId, when: string, remedy: string) => {
    const message = `has no effect ${when}: ${remedy}`
    if (lenient && specOf(id).official) warnings.push(`${nameOf(id)} ${message}`)
    else problems.push({ name: nameOf(id), message })
  }

  const prompts = (['prompt', 'promptFile', 'savedPrompt'] as const).filter((id) => values[id] !== undefined)
  const [first, ...further] = prompts.map(nameOf)
  if (first !== undefined && further.length > 0) {
    problems.push({ name: [first, ...further].join(', '), message: 'exclude each other: give one of them' })
  }
  if (first === undefined && values.skill === undefined) {
    const choices = `${nameOf('promptFile')}, ${nameOf('savedPrompt')} or ${nameOf('skill')}`
    problems.push({ name: nameOf('prompt'), message: `nothing to do: give ${nameOf('prompt')}, ${choices}` })
  }
  const [others, when, remedy] = values.cloud
    ? [inputIdsOnlyFor('local'), `with ${nameOf('cloud')}`, `take it out, or take out ${nameOf('cloud')}`]
    : [inputIdsOnlyFor('cloud'), `without ${nameOf('cloud')}`, `set ${nameOf('cloud')} to true`]
  for (const id of others) if (values[id] !== defaultOf(specOf(id))) noEffect(id, when, remedy)
  if (values.ozPath !== undefined && values.ozSha256 !== undefined) {
    noEffect('ozSha256', `with ${nameOf('ozPath')}`, 'it checks a download, and nothing is downloaded')
  }
  values.mask?.forEach((secret, index) => {
    // What is left of a secret of several lines, such as a bracket, is none by itself.
    if (secret.length >= MIN_SECRET_LENGTH || !/[\p{L}\p{N}]/u.test(secret)) return
    const message = `entry ${index + 1} has fewer than ${MIN_SECRET_LENGTH} characters: it would be hidden nowhere, as text that short stands everywhere`
    problems.push({ name: nameOf('mask'), message })
  })
  return { problems, warnings }
}
