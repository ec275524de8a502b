import { defineStep } from './step.ts'

export const subagent = defineStep({
  name: 'subagent',
  summary: 'Reports the start of a subagent.',
  shorthand: 'task_id',
  schema: (z) => z.strictObject({ task_id: z.string().describe('Its task.') }),
  run: ({ task_id }, agent) => agent.emit({ type: 'Subagent', task_id }),
})
