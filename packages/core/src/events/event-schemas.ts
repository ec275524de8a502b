import * as z from 'zod'
import { type Artifact, artifactSchema } from '../contract/result.ts'
import { idSchema, linkSchema } from './identity.ts'
import type { AddressedComment, OzEvent, Todo } from './oz-event.ts'

/**
 * The rare events, which feed the state and the outputs, each checked by a schema. The frequent ones
 * (`agent`, `tool_call`, …) have one or two plain fields and are checked by hand, for speed.
 */
export const RARE_EVENTS: Readonly<Record<string, z.ZodType<OzEvent>>> = {
  system: z.discriminatedUnion('event_type', [
    z
      .object({
        event_type: z.literal('run_started'),
        run_id: idSchema,
        run_url: linkSchema.optional().catch(undefined),
      })
      .transform((event) => ({
        type: 'run_started' as const,
        runId: event.run_id,
        runUrl: event.run_url,
      })),
    z
      .object({ event_type: z.literal('conversation_started'), conversation_id: idSchema })
      .transform((event) => ({
        type: 'conversation_started' as const,
        conversationId: event.conversation_id,
      })),
    z
      .object({ event_type: z.literal('shared_session_established'), join_url: linkSchema })
      .transform((event) => ({ type: 'shared_session_established' as const, joinUrl: event.join_url })),
  ]),
  update_todos: z
    .object({ todo_list: todos() })
    .transform((event) => ({ type: 'update_todos' as const, todos: event.todo_list })),
  complete_todos: z
    .object({ completed_todos: todos() })
    .transform((event) => ({ type: 'complete_todos' as const, todos: event.completed_todos })),
  artifact_created: z
    .looseObject({ artifact_type: z.string().min(1).max(64) })
    .transform(({ type: _type, artifact_type, ...fields }) => ({
      type: 'artifact_created' as const,
      artifact: artifactOf(artifact_type, fields),
    })),
  num_comments_addressed: z
    .object({ addressed_comments: z.array(comment()) })
    .transform((event) => ({ type: 'num_comments_addressed' as const, comments: event.addressed_comments })),
  Subagent: z
    .object({ task_id: z.string() })
    .transform((event) => ({ type: 'subagent' as const, taskId: event.task_id })),
  SkillInvoked: z
    .object({ name: z.string() })
    .transform((event) => ({ type: 'skill_invoked' as const, name: event.name })),
}

function todos(): z.ZodType<Todo[]> {
  const todo = z.object({ title: z.string().catch(''), description: z.string().catch('') })
  return z.array(z.union([todo, z.string().transform((title) => ({ title, description: '' }))]))
}

function comment(): z.ZodType<AddressedComment> {
  return z
    .object({
      comment_text: z.string().catch(''),
      file_path: z.string().optional().catch(undefined),
      line_number: z.int().optional().catch(undefined),
    })
    .transform((fields) => ({
      text: fields.comment_text,
      file: fields.file_path,
      line: fields.line_number,
    }))
}

/** Longer texts of an artifact are cut: it is a pointer, and outputs hold many. */
const MAX_FIELD = 2000

// One field of an unexpected form, or of another release, must not lose the artifact: only that field goes.
function artifactOf(type: string, fields: Record<string, unknown>): Artifact {
  const kept: Record<string, unknown> = { type }
  const shape: Record<string, z.ZodType> = artifactSchema.shape
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'object' || name === 'type' || name === '__proto__') continue
    if (Object.keys(kept).length >= 24 || name.length > 64) break
    const checked = LINK_FIELDS.has(name) ? linkSchema.safeParse(value) : shape[name]?.safeParse(value)
    if (checked !== undefined && !checked.success) continue
    kept[name] = typeof value === 'string' ? value.slice(0, MAX_FIELD).toWellFormed() : value
  }
  return artifactSchema.parse(kept)
}

const LINK_FIELDS = new Set(['url', 'notebook_link'])
