import { message } from '../run/event.ts'
import { defineStep } from './step.ts'

const BLOCK = 1 << 20

export const giantLine = defineStep({
  name: 'giant_line',
  summary: 'Says one message that is many megabytes long: a single line of output.',
  shorthand: 'megabytes',
  schema: (z) =>
    z.strictObject({
      megabytes: z.int().positive().describe('How long the text is (1 MB = 1,048,576 bytes).'),
    }),
  run: async ({ megabytes }, agent) => {
    const [head = '', tail = ''] = agent.render(message('@')).split('@')
    await agent.write(head)
    const block = Buffer.alloc(BLOCK, 'x')
    for (let written = 0; written < megabytes; written++) await agent.write(block)
    await agent.write(tail)
  },
})
