import { defineStep } from './step.ts'

export const completeTodos = defineStep({
  name: 'complete_todos',
  summary: 'Ticks items of the list off.',
  shorthand: 'titles',
  schema: (z) => z.strictObject({ titles: z.array(z.string()).describe('The titles that are done.') }),
  run: ({ titles }, agent) =>
    agent.emit({
      type: 'complete_todos',
      completed_todos: titles.map((title) => ({ title, description: '' })),
    }),
})
