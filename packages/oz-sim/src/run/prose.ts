import type { AgentEvent } from './agent.ts'

/** The event as `pretty` and `text` show it; `undefined` for what they leave out. */
export function prose(event: AgentEvent): string | undefined {
  const text = (key: string): string => String(event[key] ?? '')
  switch (event.type) {
    case 'system':
      return system(event)
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

function system(event: AgentEvent): string | undefined {
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
