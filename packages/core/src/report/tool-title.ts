import { objectsField, textField, textsField } from '../events/fields.ts'
import type { Fields } from '../events/oz-event.ts'
import { printableLine } from './printable.ts'

/** What a tool call does, in a person's words, on one line. */
export function toolTitle(tool: string, input: Fields): string {
  return printableLine(words(tool, input))
}

function words(tool: string, input: Fields): string {
  const text = (name: string): string => textField(input, name)
  switch (tool) {
    case 'run_command':
      return `Run: ${text('command')}`
    case 'write_to_command':
      return 'Type into the running command'
    case 'read_files':
      return `Read: ${objectsField(input, 'files').map(fileWithLines).join(', ') || textsField(input, 'files').join(', ')}`
    case 'edit_files':
      return `Edit: ${textsField(input, 'file_paths').join(', ') || text('title')}`
    case 'grep':
      return `Search: ${textsField(input, 'queries').join(', ')}${inside(text('path'))}`
    case 'search_codebase':
      return `Search: ${text('query')}${inside(text('codebase'))}`
    case 'file_glob':
      return `Find files: ${textsField(input, 'patterns').join(', ')}${inside(text('path'))}`
    case 'upload_artifact':
      return `Upload: ${text('path')}`
    case 'read_mcp_resource':
      return `Read MCP resource: ${text('name') || text('uri')}`
    case 'call_mcp_tool':
      return `MCP tool: ${text('name')}`
    default:
      return `Tool: ${tool}`
  }
}

const inside = (place: string): string => (place === '' || place === '.' ? '' : ` in ${place}`)

function fileWithLines(file: Fields): string {
  const path = textField(file, 'path')
  const ranges = objectsField(file, 'lines').map((range) => `${Number(range.start)}-${Number(range.end)}`)
  return ranges.length === 0 ? path : `${path} (lines ${ranges.join(', ')})`
}
