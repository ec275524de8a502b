import { commandResult, type Fields, objectsField, textField, textsField } from '../agent/event.ts'
import { clipLines, printableLine } from './text.ts'

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

/** What the log shows of a tool's result. */
export interface ToolBody {
  readonly text: string
  readonly failed: boolean
}

export function toolBody(tool: string, output: Fields): ToolBody {
  switch (tool) {
    case 'run_command':
      return commandBody(output)
    case 'edit_files':
      return fine(textField(output, 'diff'))
    case 'read_files':
      return readBody(output)
    case 'search_codebase':
    case 'grep':
    case 'file_glob':
      return fine(fileNames(output, 'files').join('\n') || 'nothing found')
    case 'upload_artifact':
      return fine(
        [textField(output, 'filepath'), textField(output, 'artifact_uid')].filter(Boolean).join(' '),
      )
    case 'call_mcp_tool':
      return fine(shown(output.result))
    case 'read_mcp_resource':
      return fine(shown(output.resource_contents))
    default: {
      const { type: _type, tool: _tool, ...rest } = output
      return fine(Object.keys(rest).length === 0 ? '' : shown(rest))
    }
  }
}

const fine = (text: string): ToolBody => ({ text: clipLines(text), failed: false })

function commandBody(output: Fields): ToolBody {
  const { exitCode, output: printed } = commandResult(output)
  const failed = exitCode !== undefined && exitCode !== 0
  const end = failed ? `exit code ${exitCode}` : exitCode === undefined ? 'still running' : ''
  return { text: [clipLines(printed), end].filter((part) => part !== '').join('\n'), failed }
}

function readBody(output: Fields): ToolBody {
  const failures = fileNames(output, 'failed_files')
  if (failures.length === 0) return { text: '', failed: false }
  return { text: clipLines(failures.map((name) => `could not read ${name}`).join('\n')), failed: true }
}

function fileNames(output: Fields, name: string): string[] {
  return [...textsField(output, name), ...objectsField(output, name).map((file) => textField(file, 'path'))]
}

function shown(value: unknown): string {
  if (value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(value, undefined, 1)
}
