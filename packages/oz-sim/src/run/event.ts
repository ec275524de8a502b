/** One event of the stream, as `oz agent run --output-format=json` prints it; unknown types are allowed on purpose. */
export interface AgentEvent {
  readonly type: string
  readonly [key: string]: unknown
}

export const message = (text: string): AgentEvent => ({ type: 'agent', text })

export const toolCall = (tool: string, input: object): AgentEvent => ({ type: 'tool_call', tool, ...input })

export const toolResult = (tool: string, output: object): AgentEvent => ({
  type: 'tool_result',
  tool,
  ...output,
})

const system = (kind: string, rest: object): AgentEvent => ({ type: 'system', event_type: kind, ...rest })

export const runUrl = (id: string): string => `https://oz.warp.dev/runs/${id}`

export const runStarted = (id: string): AgentEvent =>
  system('run_started', { run_id: id, run_url: runUrl(id) })

export const conversationStarted = (id: string): AgentEvent =>
  system('conversation_started', { conversation_id: id })

export const sessionShared = (url: string): AgentEvent =>
  system('shared_session_established', { join_url: url })
