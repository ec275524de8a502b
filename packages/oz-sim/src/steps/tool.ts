import { toolCall, toolResult } from '../run/event.ts'
import { defineStep } from './step.ts'

export const tool = defineStep({
  name: 'tool',
  summary: 'Reports a call of any tool, and its result, error or cancellation, without doing anything.',
  schema: (z) =>
    z.strictObject({
      name: z.string().describe('Such as `grep`, `search_codebase` or `call_mcp_tool`.'),
      input: z.looseObject({}).optional().describe('Keys of the call.'),
      result: z.looseObject({}).optional().describe('Keys of the result.'),
      error: z.string().optional().describe('The call fails with this text instead.'),
      canceled: z.boolean().optional().describe('`true`: the call is canceled instead.'),
    }),
  run: async ({ name, input, result, error, canceled }, agent) => {
    await agent.emit(toolCall(name, input ?? {}))
    if (canceled) await agent.emit({ type: 'tool_canceled' })
    else if (error !== undefined) await agent.emit({ type: 'tool_error', error })
    else if (result) await agent.emit(toolResult(name, result))
  },
})
