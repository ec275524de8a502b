import { spell } from '@oz-agent/core'
import { knows } from './features.ts'
import type { GitlabVersion } from './gitlab-version.ts'
import { contractInput, contractInputIds, type TemplateInput } from './input-specs.ts'
import { jobInputs, reportInputs } from './own-inputs.ts'
import type { TemplateOrder } from './template-order.ts'
import type { Section } from './yaml-text.ts'

/** A titled part of the header. */
export interface InputGroup {
  readonly title: string
  readonly inputs: readonly TemplateInput[]
}

/** Every input that the template for this order and version has, in its order. */
export function inputGroups(order: TemplateOrder): readonly InputGroup[] {
  const contract = contractInputIds().map((id) => contractInput(id, order.defaults[spell(id, 'snake')]))
  const groups = [
    { title: 'The agent', inputs: contract },
    { title: 'The job', inputs: jobInputs(order) },
    { title: 'What is handed on', inputs: reportInputs() },
  ]
  return groups.map(({ title, inputs }) => ({
    title,
    inputs: inputs.filter((input) => isExpressible(input, order.version)),
  }))
}

/** A list, or a truth value that must reach GitLab as one, cannot be an input of every version. */
export function isExpressible(input: TemplateInput, version: GitlabVersion): boolean {
  if (input.type === 'array') return knows(version, 'arrayInputs')
  return input.name !== 'interruptible' || knows(version, 'typedInputs')
}

/** The `spec` header as that version can say it; what it cannot say stands in a comment or is checked by the job. */
export function specSections(order: TemplateOrder): readonly Section[] {
  return inputGroups(order).map(({ title, inputs }) => ({
    title,
    entries: inputs.map((input) => ({
      key: input.name,
      value: specOf(input, order.version),
      ...(knows(order.version, 'inputDescriptions') ? {} : { comment: input.description }),
    })),
  }))
}

function specOf(input: TemplateInput, version: GitlabVersion): object {
  const typed = knows(version, 'typedInputs')
  const value = typed || input.type !== 'boolean' ? input.default : String(input.default)
  return {
    ...(knows(version, 'inputDescriptions') && { description: input.description }),
    ...(typed && input.type !== 'string' && { type: input.type }),
    default: value,
    ...(input.options && knows(version, 'inputOptions') && { options: input.options }),
    ...(input.regex !== undefined && knows(version, 'inputRegex') && { regex: input.regex }),
  }
}
