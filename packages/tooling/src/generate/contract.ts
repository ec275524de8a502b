import { INPUTS, type InputId, type InputSpec, type Platform } from '@oz-agent/core'

/** One input of the contract with its id, as generators read it. */
export interface NamedInput extends InputSpec {
  readonly id: InputId
}

/** The inputs that at least one of these platforms shows, in the contract's order. */
export function inputsOn(platforms: readonly Platform[]): readonly NamedInput[] {
  const all = Object.entries(INPUTS) as [InputId, InputSpec][]
  return all
    .map(([id, spec]) => ({ id, ...spec }))
    .filter((spec) => spec.platforms?.some((one) => platforms.includes(one)) ?? true)
}
