import { commandResult, objectsField, textField, textsField } from '../events/fields.ts'
import type { Fields } from '../events/oz-event.ts'
import { clipLines } from './clip-lines.ts'

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
