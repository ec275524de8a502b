import type { OzEvent, Todo } from '../agent/event.ts'
import type { LogItem } from './log-format.ts'
import { clipLines, clipMessage, printableLine } from './text.ts'
import { toolBody, toolTitle } from './tools.ts'

const MAX_PENDING = 32
const MAX_UNKNOWN = 50

interface Call {
  readonly tool: string
  readonly title: string
}

/**
 * Turns events into log items, keeping track of which group is open. A call opens a group and its result ends it;
 * a result that comes later, when something else was said or called in between, gets a group of its own.
 */
export class EventRenderer {
  #open: Call | undefined
  #pending: Call[] = []
  readonly #unknown = new Map<string, number>()

  render(event: OzEvent): LogItem[] {
    switch (event.type) {
      case 'tool_call':
        return [
          ...this.closeGroup(),
          this.#begin({ tool: event.tool, title: toolTitle(event.tool, event.input) }),
        ]
      case 'tool_result': {
        const { text, failed } = toolBody(event.tool, event.output)
        return this.#finish(event.tool, text, failed)
      }
      case 'tool_error':
        return this.#finish(event.tool, clipLines(event.error) || 'the tool failed', true)
      case 'tool_canceled':
        return this.#finish(event.tool, 'canceled', true)
      case 'unknown':
        return this.#countUnknown(event.name)
      default:
        return [...this.closeGroup(), ...standAlone(event)]
    }
  }

  /** Ends a group that is still open. */
  closeGroup(): LogItem[] {
    if (this.#open === undefined) return []
    this.#open = undefined
    return [{ kind: 'close', failed: false }]
  }

  /** What is left to say when no more events come. */
  end(): LogItem[] {
    const repeated = [...this.#unknown].filter(([, count]) => count > 1)
    const counts = repeated.map(
      ([name, count]): LogItem => dim(`Unknown event ${printableLine(name)}: ${count} in all`),
    )
    return [...this.closeGroup(), ...counts]
  }

  #begin(call: Call): LogItem {
    this.#open = call
    this.#pending = [...this.#pending, call].slice(-MAX_PENDING)
    return { kind: 'open', title: call.title }
  }

  #finish(tool: string | undefined, text: string, failed: boolean): LogItem[] {
    const body: LogItem[] = text === '' ? [] : [{ kind: 'body', text }]
    const call = this.#pending.find((pending) => tool === undefined || pending.tool === tool)
    const isOpen = this.#open !== undefined && (tool === undefined || this.#open.tool === tool)
    const ended = isOpen ? this.#open : call
    this.#pending = this.#pending.filter((pending) => pending !== ended)
    if (isOpen) {
      this.#open = undefined
      return [...body, { kind: 'close', failed }]
    }
    if (body.length === 0 && !failed) return []
    const title = `Result of ${ended === undefined ? toolTitle(tool ?? 'unknown', {}) : ended.title}`
    return [...this.closeGroup(), { kind: 'open', title }, ...body, { kind: 'close', failed }]
  }

  #countUnknown(name: string): LogItem[] {
    const key = this.#unknown.has(name) || this.#unknown.size < MAX_UNKNOWN ? name : '(other)'
    const count = (this.#unknown.get(key) ?? 0) + 1
    this.#unknown.set(key, count)
    return count > 1 ? [] : [dim(`Unknown event ${printableLine(key)}: kept in the transcript`)]
  }
}

const dim = (text: string): LogItem => ({ kind: 'body', text })

function standAlone(event: OzEvent): LogItem[] {
  switch (event.type) {
    case 'agent':
      return event.text.trim() === '' ? [] : [{ kind: 'say', text: clipMessage(event.text) }]
    case 'agent_reasoning':
      return event.text.trim() === '' ? [] : group('Thinking', clipLines(event.text))
    case 'run_started':
      return event.runUrl === undefined ? [] : [{ kind: 'link', label: 'Oz run', url: event.runUrl }]
    case 'shared_session_established':
      return [{ kind: 'link', label: 'Shared session', url: event.joinUrl }]
    case 'update_todos':
      return event.todos.length === 0 ? [] : group(`To do: ${event.todos.length}`, todoLines(event.todos))
    case 'complete_todos':
      return event.todos.length === 0 ? [] : group(`Done: ${event.todos.length}`, todoLines(event.todos))
    case 'artifact_created':
      return [artifactItem(event.artifact)]
    case 'num_comments_addressed':
      return group(
        `Comments addressed: ${event.comments.length}`,
        clipLines(
          event.comments.map((comment) => printableLine(`${placeOf(comment)}${comment.text}`)).join('\n'),
        ),
      )
    case 'subagent':
      return [dim(printableLine(`Sub-agent: ${event.taskId}`))]
    case 'skill_invoked':
      return [dim(printableLine(`Skill: ${event.name}`))]
    default:
      return []
  }
}

function group(title: string, text: string): LogItem[] {
  const body: LogItem[] = text === '' ? [] : [{ kind: 'body', text }]
  return [{ kind: 'open', title }, ...body, { kind: 'close', failed: false }]
}

function todoLines(todos: readonly Todo[]): string {
  return clipLines(todos.map((todo) => `- ${printableLine(todo.title || todo.description)}`).join('\n'))
}

function placeOf(comment: { readonly file: string | undefined; readonly line: number | undefined }): string {
  if (comment.file === undefined) return ''
  return comment.line === undefined ? `${comment.file}: ` : `${comment.file}:${comment.line}: `
}

function artifactItem(artifact: { readonly type: string; readonly [field: string]: unknown }): LogItem {
  const text = (name: string): string => (typeof artifact[name] === 'string' ? artifact[name] : '')
  const kind = artifact.type.replaceAll('_', ' ')
  const name = text('title') || text('filename') || text('filepath') || text('branch') || text('description')
  const label = printableLine(name === '' ? kind : `${kind}: ${name}`)
  const url = text('url') || text('notebook_link')
  return url === '' ? dim(`Created ${label}`) : { kind: 'link', label, url }
}
