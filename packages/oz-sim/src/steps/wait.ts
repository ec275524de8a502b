import { duration, toMs } from './duration.ts'
import { defineStep } from './step.ts'

export const wait = defineStep({
  name: 'wait',
  summary: 'Does nothing for a while.',
  shorthand: 'for',
  schema: (z) => z.strictObject({ for: duration(z).describe('How long, with a unit.') }),
  run: (input, agent) => agent.sleep(toMs(input.for)),
})
