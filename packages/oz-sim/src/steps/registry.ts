import type { Agent } from '../run/agent.ts'
import { type Ending, RunEnded } from '../run/ending.ts'
import { endings } from './endings.ts'
import { environment } from './environment.ts'
import { files } from './files.ts'
import { output } from './output.ts'
import { processes } from './processes.ts'
import { type AnyStep, stepInput, type WrittenStep } from './step.ts'
import { talk } from './talk.ts'

/** Every kind of step by its name in a script. */
export const STEPS = { ...talk, ...output, ...files, ...processes, ...environment, ...endings }

export type StepName = keyof typeof STEPS

export const isStepName = (name: string): name is StepName => Object.hasOwn(STEPS, name)

/** One step as a script writes it: `{message: 'Hello'}`. */
export type ScriptStep = { [Name in StepName]: WrittenStep<Name, (typeof STEPS)[Name]> }[StepName]

/** Every step with its name, by the alphabet. */
export const stepsByName = (): readonly (readonly [string, AnyStep])[] =>
  Object.entries<AnyStep>(STEPS).sort(([a], [b]) => (a < b ? -1 : 1))

/** Takes the steps one after the other; comes back with how the run ended. */
export async function play(steps: readonly ScriptStep[], agent: Agent): Promise<Ending> {
  try {
    for (const step of steps) {
      for (const [name, input] of Object.entries(step)) {
        const kind: AnyStep = STEPS[name as StepName]
        await kind.run(stepInput(kind, input) as never, agent)
      }
    }
    return { kind: 'exit', code: 0 }
  } catch (error) {
    if (error instanceof RunEnded) return error.ending
    throw error
  }
}
