import type { Artifact } from '../contract/result.ts'

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
