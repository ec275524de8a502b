import { RARE_EVENTS } from './event-schemas.ts'
import type { Fields, OzEvent } from './oz-event.ts'

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
