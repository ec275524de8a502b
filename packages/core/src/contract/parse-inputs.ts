import { didYouMean } from './did-you-mean.ts'
import type { InputSpec } from './input-spec.ts'
import { INPUT_IDS, INPUTS, type InputId, type InputValues } from './inputs.ts'
import type { RawValue, Reading } from './kinds.ts'
import { unspell } from './naming.ts'

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
    const reading: Reading<unknown> = INPUTS[id].reader(given.get(id)?.value ?? null)
    if (reading.ok) values[id] = reading.value ?? defaultOf(id)
    else {
      values[id] = defaultOf(id)
      problems.push(...reading.problems.map((message) => ({ name: nameOf(id), message })))
    }
  }
  return { values: values as InputValues, nameOf, problems }
}

function isEmpty(value: RawValue): boolean {
  return value === null || (typeof value === 'string' && value.trim() === '')
}

function defaultOf(id: InputId): unknown {
  const spec: InputSpec = INPUTS[id]
  if (spec.default === undefined) return undefined
  const reading = spec.reader(spec.default)
  if (!reading.ok) throw new Error(`the default of ${id} is wrong: ${reading.problems.join('; ')}`)
  return reading.value
}
