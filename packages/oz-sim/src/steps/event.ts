import { defineStep } from './step.ts'

export const event = defineStep({
  name: 'event',
  summary: 'Emits any event as it stands: types of a later release, or malformed ones.',
  schema: (z) => z.looseObject({ type: z.string().describe('Its type; every other key is kept.') }),
  run: (input, agent) => agent.emit(input),
})
