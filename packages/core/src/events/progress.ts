import type { RunState } from './run-state.ts'

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
