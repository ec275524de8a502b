import { defineStep } from './step.ts'

export const print = defineStep({
  name: 'print',
  summary: 'Prints text as it is, past the event format: forged commands, lines that are no JSON, log lines.',
  shorthand: 'text',
  schema: (z) =>
    z.strictObject({
      text: z.string().describe('Printed unchanged.'),
      to: z.enum(['stdout', 'stderr']).optional().describe('Where; `stdout` by default.'),
      newline: z.boolean().optional().describe('`false` leaves out the newline at the end.'),
    }),
  run: ({ text, to = 'stdout', newline = true }, agent) => {
    const line = newline ? `${text}\n` : text
    return to === 'stdout' ? agent.write(line) : agent.error(line)
  },
})
