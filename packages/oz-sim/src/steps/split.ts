import { message } from '../run/event.ts'
import { duration, toMs } from './duration.ts'
import { defineStep } from './step.ts'

export const split = defineStep({
  name: 'split',
  summary: 'Says something in writes of a few bytes each, so that reads end inside characters and lines.',
  shorthand: 'text',
  schema: (z) =>
    z.strictObject({
      text: z.string().describe('What the agent says.'),
      every: z.int().positive().optional().describe('Bytes a write; 1 by default.'),
      pause: duration(z).optional().describe('Between two writes; `1ms` by default.'),
    }),
  run: async ({ text, every = 1, pause = '1ms' }, agent) => {
    const line = Buffer.from(agent.render(message(text)))
    for (let from = 0; from < line.length; from += every) {
      await agent.write(line.subarray(from, from + every))
      await agent.sleep(toMs(pause))
    }
  },
})
