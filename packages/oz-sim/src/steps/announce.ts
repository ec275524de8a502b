import { conversationStarted, runStarted, sessionShared } from '../run/event.ts'
import { defineStep } from './step.ts'

export const announce = defineStep({
  name: 'announce',
  summary:
    'Reports the run and the conversation, where `start: silent` kept the agent from doing so at once.',
  schema: (z) =>
    z.strictObject({ session: z.boolean().optional().describe('`true` reports a shared session too.') }),
  run: async ({ session }, agent) => {
    await agent.emit(runStarted(agent.ids.run))
    await agent.emit(conversationStarted(agent.ids.conversation))
    if (session) await agent.emit(sessionShared(agent.ids.session))
  },
})
