import { defineStep } from './step.ts'

export const reasoning = defineStep({
  name: 'reasoning',
  summary: 'Thinks aloud.',
  shorthand: 'text',
  schema: (z) => z.strictObject({ text: z.string().describe('What the agent thinks.') }),
  run: ({ text }, agent) => agent.emit({ type: 'agent_reasoning', text }),
})
