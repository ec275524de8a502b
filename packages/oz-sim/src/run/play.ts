import type { Script } from '../script/schema.ts'
import { STEPS, type StepName } from '../steps/registry.ts'
import { type AnyStep, stepInput } from '../steps/step.ts'
import type { Agent } from './agent.ts'
import { type Ending, RunEnded } from './ending.ts'

/** Takes the steps of the script one after the other; comes back with how the run ended. */
export async function play(script: Script, agent: Agent): Promise<Ending> {
  try {
    for (const step of script.steps ?? []) {
      for (const [name, input] of Object.entries(step)) {
        const kind: AnyStep = await STEPS[name as StepName]()
        await kind.run(stepInput(kind, input) as never, agent)
      }
    }
    return { kind: 'exit', code: 0 }
  } catch (error) {
    if (error instanceof RunEnded) return error.ending
    throw error
  }
}
