import { defineStep } from './step.ts'

export const todos = defineStep({
  name: 'todos',
  summary: 'Shows the list of what is to be done.',
  shorthand: 'titles',
  schema: (z) => z.strictObject({ titles: z.array(z.string()).describe('One title an item.') }),
  run: ({ titles }, agent) =>
    agent.emit({ type: 'update_todos', todo_list: titles.map((title) => ({ title, description: '' })) }),
})
