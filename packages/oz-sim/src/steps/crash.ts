import { RunEnded } from '../run/ending.ts'
import { defineStep } from './step.ts'

export const crash = defineStep({
  name: 'crash',
  summary: 'Dies of a signal.',
  shorthand: 'signal',
  schema: (z) =>
    z.strictObject({
      signal: z
        .enum(['SIGSEGV', 'SIGABRT', 'SIGKILL', 'SIGBUS', 'SIGILL', 'SIGTERM', 'SIGINT', 'SIGHUP'])
        .describe('Which one.'),
    }),
  run: ({ signal }) => {
    throw new RunEnded({ kind: 'signal', signal })
  },
})
