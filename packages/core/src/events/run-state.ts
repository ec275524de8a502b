import type { Artifact } from '../contract/result.ts'

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
