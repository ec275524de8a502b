import type { RawInputs } from '@oz-agent/core'
import { type Failure, failurePrompt, type Task } from '../command/failure-prompt.ts'

/** Stands in for the prompt until the command has failed, so that the other inputs can be checked before it runs. */
const PENDING = 'The command of this step failed.'

/** The inputs before the command has run: complete, as far as they can be. */
export function inputsBefore(inputs: RawInputs): RawInputs {
  return hasTask(inputs) ? inputs : { ...inputs, prompt: PENDING }
}

/**
 * The inputs with the failure in the prompt.
 * @param fileText the text of `prompt-file`, where that is given.
 */
export function failureInputs(inputs: RawInputs, fileText: string | undefined, failure: Failure): RawInputs {
  const { 'prompt-file': _file, ...others } = inputs
  const own = text(inputs.prompt) ?? fileText
  const hasSkill = text(inputs.skill) !== undefined
  const task: Task = own === undefined && hasSkill ? { kind: 'skill' } : { kind: 'text', text: own }
  return { ...others, prompt: failurePrompt(task, failure) }
}

/** The path of the prompt file, where one is given. */
export function promptFileOf(inputs: RawInputs): string | undefined {
  return text(inputs['prompt-file'])
}

function hasTask(inputs: RawInputs): boolean {
  return ['prompt', 'prompt-file', 'saved-prompt', 'skill'].some((name) => text(inputs[name]) !== undefined)
}

function text(value: RawInputs[string] | undefined): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}
