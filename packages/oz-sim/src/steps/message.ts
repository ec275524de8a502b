import { message as messageEvent } from '../run/event.ts'
import { defineStep } from './step.ts'

export const message = defineStep({
  name: 'message',
  summary: 'Says something (Markdown). The last message is the final answer.',
  shorthand: 'text',
  schema: (z) =>
    z.strictObject({
      text: z.string().describe('What the agent says.'),
      newline: z.boolean().optional().describe('`false` leaves out the newline after the event.'),
    }),
  run: ({ text, newline = true }, agent) => {
    const line = agent.render(messageEvent(text))
    return agent.write(newline ? line : line.slice(0, -1))
  },
})
