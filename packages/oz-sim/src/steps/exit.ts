import { RunEnded } from '../run/ending.ts'
import { defineStep } from './step.ts'

export const exit = defineStep({
  name: 'exit',
  summary: 'Ends at once with a status and without another word.',
  shorthand: 'code',
  schema: (z) => z.strictObject({ code: z.int().min(0).max(255).describe('The exit status.') }),
  run: ({ code }) => {
    throw new RunEnded({ kind: 'exit', code })
  },
})
