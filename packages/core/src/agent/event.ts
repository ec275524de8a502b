import * as z from 'zod/mini'
import { type Artifact, artifactSchema } from '../contract/result.ts'
import { idSchema, linkSchema } from './identity.ts'

/** What a JSON object of the stream holds beyond the keys that we know. */
export type Fields = Readonly<Record<string, unknown>>

export interface Todo {
  readonly title: string
  readonly description: string
}

export interface AddressedComment {
  readonly text: string
  readonly file: string | undefined
  readonly line: number | undefined
}

/**
 * One event of `oz agent run --output-format=json`. `type` is the vendor's, `system` split by its `event_type`.
 * What does not fit the shape of its type, or has a type of a later release, is `unknown` under its type's name.
 */
export type OzEvent =
  | { readonly type: 'run_started'; readonly runId: string; readonly runUrl: string | undefined }
  | { readonly type: 'conversation_started'; readonly conversationId: string }
  | { readonly type: 'shared_session_established'; readonly joinUrl: string }
  | { readonly type: 'agent'; readonly text: string }
  | { readonly type: 'agent_reasoning'; readonly text: string }
  | { readonly type: 'tool_call'; readonly tool: string; readonly input: Fields }
  | { readonly type: 'tool_result'; readonly tool: string; readonly output: Fields }
  | { readonly type: 'tool_error'; readonly tool: string | undefined; readonly error: string }
  | { readonly type: 'tool_canceled'; readonly tool: string | undefined }
  | { readonly type: 'update_todos'; readonly todos: readonly Todo[] }
  | { readonly type: 'complete_todos'; readonly todos: readonly Todo[] }
  | { readonly type: 'artifact_created'; readonly artifact: Artifact }
  | { readonly type: 'num_comments_addressed'; readonly comments: readonly AddressedComment[] }
  | { readonly type: 'subagent'; readonly taskId: string }
  | { readonly type: 'skill_invoked'; readonly name: string }
  | { readonly type: 'unknown'; readonly name: string }

/** The stream that a line came from. */
export type OutputStream = 'stdout' | 'stderr'

/**
 * The rare events, which feed the state and the outputs, each checked by a schema. The frequent ones
 * (`agent`, `tool_call`, …) have one or two plain fields and are checked by hand, for speed.
 */
export const RARE_EVENTS: Readonly<Record<string, z.ZodMiniType<OzEvent>>> = {
  system: z.discriminatedUnion('event_type', [
    z.pipe(
      z.object({
        event_type: z.literal('run_started'),
        run_id: idSchema,
        run_url: z.catch(z.optional(linkSchema), undefined),
      }),
      z.transform((event) => ({
        type: 'run_started' as const,
        runId: event.run_id,
        runUrl: event.run_url,
      })),
    ),
    z.pipe(
      z.object({ event_type: z.literal('conversation_started'), conversation_id: idSchema }),
      z.transform((event) => ({
        type: 'conversation_started' as const,
        conversationId: event.conversation_id,
      })),
    ),
    z.pipe(
      z.object({ event_type: z.literal('shared_session_established'), join_url: linkSchema }),
      z.transform((event) => ({ type: 'shared_session_established' as const, joinUrl: event.join_url })),
    ),
  ]),
  update_todos: z.pipe(
    z.object({ todo_list: todos() }),
    z.transform((event) => ({ type: 'update_todos' as const, todos: event.todo_list })),
  ),
  complete_todos: z.pipe(
    z.object({ completed_todos: todos() }),
    z.transform((event) => ({ type: 'complete_todos' as const, todos: event.completed_todos })),
  ),
  artifact_created: z.pipe(
    z.looseObject({ artifact_type: z.string().check(z.minLength(1), z.maxLength(64)) }),
    z.transform(({ type: _type, artifact_type, ...fields }) => ({
      type: 'artifact_created' as const,
      artifact: artifactOf(artifact_type, fields),
    })),
  ),
  num_comments_addressed: z.pipe(
    z.object({ addressed_comments: z.array(comment()) }),
    z.transform((event) => ({ type: 'num_comments_addressed' as const, comments: event.addressed_comments })),
  ),
  Subagent: z.pipe(
    z.object({ task_id: z.string() }),
    z.transform((event) => ({ type: 'subagent' as const, taskId: event.task_id })),
  ),
  SkillInvoked: z.pipe(
    z.object({ name: z.string() }),
    z.transform((event) => ({ type: 'skill_invoked' as const, name: event.name })),
  ),
}

function todos(): z.ZodMiniType<Todo[]> {
  const todo = z.object({ title: z.catch(z.string(), ''), description: z.catch(z.string(), '') })
  const title = z.pipe(
    z.string(),
    z.transform((text) => ({ title: text, description: '' })),
  )
  return z.array(z.union([todo, title]))
}

function comment(): z.ZodMiniType<AddressedComment> {
  return z.pipe(
    z.object({
      comment_text: z.catch(z.string(), ''),
      file_path: z.catch(z.optional(z.string()), undefined),
      line_number: z.catch(z.optional(z.int()), undefined),
    }),
    z.transform((fields) => ({
      text: fields.comment_text,
      file: fields.file_path,
      line: fields.line_number,
    })),
  )
}

/** Longer texts of an artifact are cut: it is a pointer, and outputs hold many. */
const MAX_FIELD = 2000

// One field of an unexpected form, or of another release, must not lose the artifact: only that field goes.
function artifactOf(type: string, fields: Record<string, unknown>): Artifact {
  const kept: Record<string, unknown> = { type }
  const shape: Record<string, z.core.$ZodType> = artifactSchema.shape
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'object' || name === 'type' || name === '__proto__') continue
    if (Object.keys(kept).length >= 24 || name.length > 64) break
    const schema = LINK_FIELDS.has(name) ? linkSchema : shape[name]
    const checked = schema && z.safeParse(schema, value)
    if (checked !== undefined && !checked.success) continue
    kept[name] = typeof value === 'string' ? value.slice(0, MAX_FIELD).toWellFormed() : value
  }
  return artifactSchema.parse(kept)
}

const LINK_FIELDS = new Set(['url', 'notebook_link'])

/** A text field, or the empty string where it is missing or something else. */
export function textField(fields: Fields, name: string): string {
  const value = fields[name]
  return typeof value === 'string' ? value : ''
}

/** The texts of a list field; a single text counts as a list of one. */
export function textsField(fields: Fields, name: string): string[] {
  const value = fields[name]
  if (typeof value === 'string') return [value]
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : []
}

/** The objects of a list field. */
export function objectsField(fields: Fields, name: string): Fields[] {
  const value = fields[name]
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'object' && entry !== null) : []
}

/** What a `run_command` result says: `exitCode` is undefined while the command goes on. */
export interface CommandResult {
  readonly exitCode: number | undefined
  readonly output: string
}

/** Reads `status: "complete"` with its fields beside it, and `status: {complete: {…}}` just as well. */
export function commandResult(output: Fields): CommandResult {
  const { status } = output
  const nested = typeof status === 'object' && status !== null ? Object.values(status)[0] : undefined
  const fields = typeof nested === 'object' && nested !== null ? (nested as Fields) : output
  const code = fields.exit_code
  const exitCode = typeof code === 'number' && Number.isSafeInteger(code) ? code : undefined
  return { exitCode, output: textField(fields, 'output') }
}

/** A line of output: an event, or text that is nobody's event. */
export type ParsedLine = { readonly kind: 'event'; readonly event: OzEvent } | { readonly kind: 'plain' }

const PLAIN: ParsedLine = { kind: 'plain' }

/** Reads one line of the CLI's output. Never throws: what is no JSON object is plain text. */
export function parseLine(line: string): ParsedLine {
  const fields = jsonObject(line)
  return fields === undefined ? PLAIN : { kind: 'event', event: toEvent(fields) }
}

/** The JSON object of a line; undefined where the line is anything else. */
export function jsonObject(line: string): Fields | undefined {
  // Most plain lines are recognised without the cost of a thrown error.
  if (!/^[ \t]*\{/.test(line)) return undefined
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? (value as Fields) : undefined
  } catch {
    return undefined
  }
}

/** Gives an object of the stream its type; `unknown` for a new type, and for a known one of another shape. */
export function toEvent(fields: Fields): OzEvent {
  const type = fields.type
  if (typeof type !== 'string') return { type: 'unknown', name: '(no type)' }
  switch (type) {
    case 'agent':
    case 'agent_reasoning':
      return typeof fields.text === 'string' ? { type, text: fields.text } : { type: 'unknown', name: type }
    case 'tool_call':
      return { type, tool: toolOf(fields) ?? 'unknown', input: fields }
    case 'tool_result':
      return { type, tool: toolOf(fields) ?? 'unknown', output: fields }
    case 'tool_error':
      return { type, tool: toolOf(fields), error: errorText(fields.error) }
    case 'tool_canceled':
      return { type, tool: toolOf(fields) }
    default:
      return rareEvent(type, fields)
  }
}

function rareEvent(type: string, fields: Fields): OzEvent {
  const schema = Object.hasOwn(RARE_EVENTS, type) ? RARE_EVENTS[type] : undefined
  const parsed = schema?.safeParse(fields)
  if (parsed?.success) return parsed.data
  const detail =
    type === 'system' && typeof fields.event_type === 'string' ? `system/${fields.event_type}` : type
  return { type: 'unknown', name: detail }
}

function toolOf(fields: Fields): string | undefined {
  return typeof fields.tool === 'string' ? fields.tool : undefined
}

function errorText(error: unknown): string {
  if (typeof error === 'string') return error
  return error === undefined ? '' : JSON.stringify(error)
}
