import type { Artifact } from '../contract/result.ts'
import { commandResult, type Fields, type OzEvent, textField, textsField } from './event.ts'
import { identityOfLine } from './identity.ts'

/** All that a run's events add up to; grows by a bounded amount however long the run is. */
export interface RunState {
  readonly runId: string | undefined
  readonly runUrl: string | undefined
  readonly sessionUrl: string | undefined
  readonly conversationId: string | undefined
  /** The last thing the agent said; undefined when it said nothing. */
  readonly finalMessage: string | undefined
  readonly artifacts: readonly Artifact[]
  readonly events: number
  readonly messages: number
  readonly toolCalls: Readonly<Record<string, number>>
  /** The first 50. */
  readonly failedCommands: readonly { readonly command: string; readonly exitCode: number }[]
  readonly failedCommandCount: number
  readonly toolErrors: number
  /** The first 500, each once. */
  readonly editedFiles: readonly string[]
  readonly editedFileCount: number
  readonly unknownEvents: Readonly<Record<string, number>>
  readonly plainLines: number
  readonly outputBytes: number
  /** The last plain lines of stdout and stderr, for finding out why a run failed. */
  readonly tail: string
}

/** One call of a tool: what its result will not say again. */
export interface ToolUse {
  readonly tool: string
  readonly command: string
  readonly files: readonly string[]
}

/** A state with what is open: calls whose results have not come. Results name their tool only, so the oldest call of a tool is meant. */
export interface Progress extends RunState {
  readonly pending: readonly ToolUse[]
}

/** The state before the first event. */
export const NO_EVENTS: Progress = {
  pending: [],
  runId: undefined,
  runUrl: undefined,
  sessionUrl: undefined,
  conversationId: undefined,
  finalMessage: undefined,
  artifacts: [],
  events: 0,
  messages: 0,
  toolCalls: {},
  failedCommands: [],
  failedCommandCount: 0,
  toolErrors: 0,
  editedFiles: [],
  editedFileCount: 0,
  unknownEvents: {},
  plainLines: 0,
  outputBytes: 0,
  tail: '',
}

export const MAX_TAIL = 64 * 1024
const MAX_FAILED_COMMANDS = 50
const MAX_EDITED_FILES = 500
const MAX_ARTIFACTS = 200
const MAX_NAMES = 50
const MAX_NAME = 64
const MAX_COMMAND = 2000
const MAX_PENDING = 32

/** The state after one more event. Pure. */
export function reduceEvent(before: Progress, event: OzEvent): Progress {
  const state: Draft = { ...before, events: before.events + 1 }
  switch (event.type) {
    case 'agent':
      state.messages++
      // A blank message says nothing.
      if (event.text.trim() !== '') state.finalMessage = event.text
      break
    case 'run_started':
      state.runId = event.runId
      state.runUrl = event.runUrl ?? state.runUrl
      break
    case 'conversation_started':
      state.conversationId = event.conversationId
      break
    case 'shared_session_established':
      state.sessionUrl = event.joinUrl
      break
    case 'tool_call':
      state.toolCalls = counted(state.toolCalls, event.tool)
      state.pending = [...state.pending, toolUse(event.tool, event.input)].slice(-MAX_PENDING)
      break
    case 'tool_result':
      endUse(state, event.tool, event.output)
      break
    case 'tool_error':
      state.toolErrors++
      takePending(state, event.tool)
      break
    case 'tool_canceled':
      takePending(state, event.tool)
      break
    case 'artifact_created':
      if (state.artifacts.length < MAX_ARTIFACTS) state.artifacts = [...state.artifacts, event.artifact]
      break
    case 'unknown':
      state.unknownEvents = counted(state.unknownEvents, event.name)
      break
  }
  return state
}

/** The state after one more line that is no event. Pure. What a line says of the run's identity never replaces what an event said. */
export function reducePlainLine(before: Progress, line: string): Progress {
  const state: Draft = { ...before, plainLines: before.plainLines + 1, tail: withLine(before.tail, line) }
  const identity = identityOfLine(line)
  if (identity !== undefined) state[identity.part] ??= identity.value
  return state
}

/** The state after one more line of stderr: only the tail knows it. Pure. */
export function reduceStderrLine(state: Progress, line: string): Progress {
  return { ...state, tail: withLine(state.tail, line) }
}

function withLine(tail: string, line: string): string {
  const longer = `${tail}${line.length > MAX_TAIL ? line.slice(-MAX_TAIL) : line}\n`
  // Cut at twice the size only: cutting at each line would copy the whole tail each time.
  return longer.length > 2 * MAX_TAIL ? longer.slice(-MAX_TAIL) : longer
}

function toolUse(tool: string, input: Fields): ToolUse {
  if (tool === 'run_command')
    return { tool, command: textField(input, 'command').slice(0, MAX_COMMAND), files: [] }
  return { tool, command: '', files: tool === 'edit_files' ? textsField(input, 'file_paths') : [] }
}

function endUse(state: Draft, tool: string, output: Fields): void {
  if (tool === 'run_command') {
    const result = commandResult(output)
    // It goes on: its end comes with a later result.
    if (result.exitCode === undefined) return
    endCommand(state, takePending(state, tool)?.command ?? '', result.exitCode)
    return
  }
  const use = takePending(state, tool)
  if (tool === 'edit_files') endEdit(state, use?.files ?? [])
}

function takePending(state: Draft, tool: string | undefined): ToolUse | undefined {
  const index =
    tool === undefined ? state.pending.length - 1 : state.pending.findIndex((use) => use.tool === tool)
  const use = state.pending[index]
  if (use !== undefined) state.pending = state.pending.toSpliced(index, 1)
  return use
}

type Draft = { -readonly [Key in keyof Progress]: Progress[Key] }

function endCommand(state: Draft, command: string, exitCode: number): void {
  if (exitCode === 0) return
  state.failedCommandCount++
  if (state.failedCommands.length >= MAX_FAILED_COMMANDS) return
  state.failedCommands = [...state.failedCommands, { command, exitCode }]
}

// Beyond the first 500 files a file that is edited again counts again: remembering all has no bound.
function endEdit(state: Draft, files: readonly string[]): void {
  const fresh = [...new Set(files)].filter((file) => !state.editedFiles.includes(file))
  state.editedFileCount += fresh.length
  const room = MAX_EDITED_FILES - state.editedFiles.length
  if (room > 0 && fresh.length > 0) state.editedFiles = [...state.editedFiles, ...fresh.slice(0, room)]
}

/** Counts a name; beyond the first names, and for overlong ones, the rest counts as `(other)`. */
function counted(counts: Readonly<Record<string, number>>, name: string): Readonly<Record<string, number>> {
  const known = Object.hasOwn(counts, name)
  const key =
    known || (Object.keys(counts).length < MAX_NAMES && name.length <= MAX_NAME && name !== '__proto__')
      ? name
      : '(other)'
  return { ...counts, [key]: (Object.hasOwn(counts, key) ? (counts[key] as number) : 0) + 1 }
}
