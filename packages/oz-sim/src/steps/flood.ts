import { message, toolResult } from '../run/event.ts'
import { defineStep } from './step.ts'

const BLOCK = 1 << 20

export const flood = defineStep({
  name: 'flood',
  summary: 'Emits many megabytes of events as fast as they are read, at next to no cost of its own.',
  shorthand: 'megabytes',
  schema: (z) =>
    z.strictObject({
      megabytes: z
        .number()
        .positive()
        .describe('How much (1 MB = 1,048,576 bytes), rounded up to whole events.'),
      line_bytes: z.int().min(100).optional().describe('Size of one event; about 1,000 by default.'),
      as: z
        .enum(['message', 'reasoning', 'command_output', 'unknown'])
        .optional()
        .describe('Kind of event; `message` by default.'),
    }),
  run: async ({ megabytes, line_bytes = 1000, as = 'message' }, agent) => {
    const text = 'The quick brown fox jumps over the lazy dog. '
      .repeat(Math.ceil(line_bytes / 45))
      .slice(0, line_bytes - 60)
    const line = Buffer.from(agent.render(EVENTS[as](text)))
    const total = Math.ceil((megabytes * BLOCK) / line.length)
    const perBlock = Math.max(1, Math.floor(BLOCK / line.length))
    const block = Buffer.alloc(perBlock * line.length, line)
    for (let left = total; left > 0; left -= perBlock) {
      await agent.write(block.subarray(0, Math.min(left, perBlock) * line.length))
    }
  },
})

const EVENTS = {
  message,
  reasoning: (text: string) => ({ type: 'agent_reasoning', text }),
  command_output: (output: string) => toolResult('run_command', { status: 'complete', exit_code: 0, output }),
  unknown: (text: string) => ({ type: 'from_a_later_release', text }),
}
