import { fatal as fatalEnding } from '../run/ending.ts'
import { defineStep } from './step.ts'

export const fatal = defineStep({
  name: 'fatal',
  summary: 'Ends with a fatal error: message, `=> cause` lines and the pointer to the log file on stderr.',
  shorthand: 'message',
  schema: (z) =>
    z.strictObject({
      message: z.string().describe('What went wrong.'),
      causes: z.array(z.string()).optional().describe('Why, from near to far.'),
      exit: z.int().min(0).max(255).optional().describe('The exit status; 1 by default.'),
    }),
  run: ({ message, causes, exit }) => {
    throw fatalEnding(message, causes, exit)
  },
})
