import type { InputProblem } from '@oz-agent/core'
import type { Configuration } from '../configuration/read-configuration.ts'

const ON_FAILURE_ONLY = ['context-lines', 'context-bytes', 'rerun-after-fix'] as const

/** What is wrong with the options in the chosen mode, and with the mode in this step. */
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
