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

/** The event as `pretty` and `text` show it; `undefined` for what they leave out. */
export function prose(event: AgentEvent): string | undefined {
  const text = (key: string): string => String(event[key] ?? '')
  switch (event.type) {
    case 'system':
      return systemProse(event)
    case 'agent':
      return text('text')
    case 'agent_reasoning':
      return `Thinking: ${text('text')}`
    case 'tool_call':
      return call(event)
    case 'tool_result':
      return result(event)
    case 'tool_error':
      return `Tool failed: ${text('error')}`
    case 'tool_canceled':
      return 'Tool canceled'
    case 'update_todos':
      return `To do:\n${list(event.todo_list)}`
    case 'complete_todos':
      return `Done:\n${list(event.completed_todos)}`
    case 'artifact_created':
      return artifact(event)
    case 'num_comments_addressed':
      return `Comments addressed: ${Array.isArray(event.addressed_comments) ? event.addressed_comments.length : 0}`
    case 'Subagent':
      return `Started subagent: ${text('task_id')}`
    case 'SkillInvoked':
      return `Using skill: ${text('name')}`
    default:
      return undefined
  }
}

function systemProse(event: AgentEvent): string | undefined {
  switch (event.event_type) {
    case 'run_started':
      return `Run ID: ${event.run_id}\nOpen in Oz: ${event.run_url}`
    case 'conversation_started':
      return `New conversation started with debug ID: ${event.conversation_id}`
    case 'shared_session_established':
      return `Sharing session at: ${event.join_url}`
    default:
      return undefined
  }
}

function call(event: AgentEvent): string {
  const { type: _type, tool, ...input } = event
  if (tool === 'run_command') return `Running command: ${input.command}`
  if (tool === 'edit_files') return `Editing files: ${[input.file_paths].flat().join(', ')}`
  return `Calling tool ${tool}: ${JSON.stringify(input)}`
}

function result(event: AgentEvent): string {
  const { type: _type, tool, ...output } = event
  if (tool === 'run_command' && output.status === 'complete') {
    return `Command exited with ${output.exit_code}\n${output.output}`.trimEnd()
  }
  if (tool === 'edit_files') return String(output.diff).trimEnd()
  return `Result of ${tool}: ${JSON.stringify(output)}`
}

function artifact(event: AgentEvent): string {
  const name = event.url ?? event.notebook_link ?? event.filepath ?? event.artifact_uid
  return `Created ${String(event.artifact_type).replace('_', ' ')}: ${name}`
}

function list(items: unknown): string {
  if (!Array.isArray(items)) return ''
  return items.map((item) => `- ${typeof item === 'object' && item !== null ? item.title : item}`).join('\n')
}
