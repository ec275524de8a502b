import * as z from 'zod/mini'
import {
  conversationStarted,
  message as messageEvent,
  runStarted,
  sessionShared,
  toolCall,
  toolResult,
} from '../run/event.ts'
import { defineStep, key, optional } from './step.ts'

/** Events of the stream that report something and do nothing. */
export const talk = {
  announce: defineStep({
    summary:
      'Reports the run and the conversation, where `start: silent` kept the agent from doing so at once.',
    schema: () => z.strictObject({ session: optional(z.boolean(), '`true` reports a shared session too.') }),
    run: async ({ session }, agent) => {
      await agent.emit(runStarted(agent.ids.run))
      await agent.emit(conversationStarted(agent.ids.conversation))
      if (session) await agent.emit(sessionShared(agent.ids.session))
    },
  }),

  message: defineStep({
    summary: 'Says something (Markdown). The last message is the final answer.',
    shorthand: 'text',
    schema: () =>
      z.strictObject({
        text: key(z.string(), 'What the agent says.'),
        newline: optional(z.boolean(), '`false` leaves out the newline after the event.'),
      }),
    run: ({ text, newline = true }, agent) => {
      const line = agent.render(messageEvent(text))
      return agent.write(newline ? line : line.slice(0, -1))
    },
  }),

  reasoning: defineStep({
    summary: 'Thinks aloud.',
    shorthand: 'text',
    schema: () => z.strictObject({ text: key(z.string(), 'What the agent thinks.') }),
    run: ({ text }, agent) => agent.emit({ type: 'agent_reasoning', text }),
  }),

  todos: defineStep({
    summary: 'Shows the list of what is to be done.',
    shorthand: 'titles',
    schema: () => z.strictObject({ titles: key(z.array(z.string()), 'One title an item.') }),
    run: ({ titles }, agent) =>
      agent.emit({ type: 'update_todos', todo_list: titles.map((title) => ({ title, description: '' })) }),
  }),

  complete_todos: defineStep({
    summary: 'Ticks items of the list off.',
    shorthand: 'titles',
    schema: () => z.strictObject({ titles: key(z.array(z.string()), 'The titles that are done.') }),
    run: ({ titles }, agent) =>
      agent.emit({
        type: 'complete_todos',
        completed_todos: titles.map((title) => ({ title, description: '' })),
      }),
  }),

  comments_addressed: defineStep({
    summary: 'Reports review comments as addressed.',
    shorthand: 'comments',
    schema: () =>
      z.strictObject({
        comments: key(
          z.array(
            z.strictObject({
              comment_text: z.string(),
              file_path: z.string(),
              line_number: z.int(),
              head_title: z.string(),
            }),
          ),
          'The comments.',
        ),
      }),
    run: ({ comments }, agent) =>
      agent.emit({ type: 'num_comments_addressed', addressed_comments: comments }),
  }),

  skill: defineStep({
    summary: 'Reports that a skill was invoked.',
    shorthand: 'name',
    schema: () => z.strictObject({ name: key(z.string(), 'Name of the skill.') }),
    run: ({ name }, agent) => agent.emit({ type: 'SkillInvoked', name }),
  }),

  subagent: defineStep({
    summary: 'Reports the start of a subagent.',
    shorthand: 'task_id',
    schema: () => z.strictObject({ task_id: key(z.string(), 'Its task.') }),
    run: ({ task_id }, agent) => agent.emit({ type: 'Subagent', task_id }),
  }),

  tool: defineStep({
    summary: 'Reports a call of any tool, and its result, error or cancellation, without doing anything.',
    schema: () =>
      z.strictObject({
        name: key(z.string(), 'Such as `grep`, `search_codebase` or `call_mcp_tool`.'),
        input: optional(z.looseObject({}), 'Keys of the call.'),
        result: optional(z.looseObject({}), 'Keys of the result.'),
        error: optional(z.string(), 'The call fails with this text instead.'),
        canceled: optional(z.boolean(), '`true`: the call is canceled instead.'),
      }),
    run: async ({ name, input, result, error, canceled }, agent) => {
      await agent.emit(toolCall(name, input ?? {}))
      if (canceled) await agent.emit({ type: 'tool_canceled' })
      else if (error !== undefined) await agent.emit({ type: 'tool_error', error })
      else if (result) await agent.emit(toolResult(name, result))
    },
  }),

  event: defineStep({
    summary: 'Emits any event as it stands: types of a later release, or malformed ones.',
    schema: () => z.looseObject({ type: key(z.string(), 'Its type; every other key is kept.') }),
    run: (input, agent) => agent.emit(input),
  }),
}
