import type { Figure } from './figure.ts'
import { medianOfTurns } from './statistics.ts'

/** An agent that is installed must start soon; what only some steps need must not be loaded before. */
export const start: Figure = {
  name: 'start',
  what: 'From the start of the step to the start of the agent, against `node -e 0` (the aim is 3)',
  limit: 4,
  unit: 'times',
  async measure(bench) {
    const { step, bare } = await medianOfTurns(21, {
      step: () => bench.stepToAgent(),
      bare: () => bench.bareNode(),
    })
    return { value: step / bare, detail: `${step.toFixed(0)} ms against ${bare.toFixed(0)} ms` }
  },
}
