import { defineStep } from './step.ts'

export const hang = defineStep({
  name: 'hang',
  summary: 'Never goes on (`- hang:`). With `start: silent` and as first step: the hang at start-up.',
  schema: (z) => z.strictObject({}),
  run: async (_input, agent) => {
    for (;;) await agent.sleep(3_600_000)
  },
})
