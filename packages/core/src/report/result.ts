import { redactValue } from '../agent/redact-event.ts'
import type { RunState } from '../agent/run-state.ts'
import type { Redactor } from '../auth/redactor.ts'
import type { Ci } from '../ci.ts'
import type { OutcomeName } from '../contract/outcomes.ts'
import type { Result, StepCommandResult } from '../contract/result.ts'
import { artifactSchema, RESULT_VERSION, resultSchema } from '../contract/result.ts'
import type { FailureCode } from '../errors.ts'
import type { Cli } from '../install/search.ts'
import { withoutPasswords } from './text.ts'

/** All that is known when a step ends; times in milliseconds. */
export interface ResultParts {
  readonly outcome: OutcomeName
  readonly exitCode: number
  /** Why the step ended so, in one sentence. */
  readonly reason: string
  readonly error?:
    | { readonly code: FailureCode; readonly message: string; readonly remedy?: string | undefined }
    | undefined
  /** What the run's events added up to; `NO_EVENTS` when none was started. */
  readonly state: RunState
  readonly timing: {
    /** Since 1970. */
    readonly startedAt: number
    readonly install?: number | undefined
    readonly startup?: number | undefined
    readonly firstEvent?: number | undefined
    readonly total: number
  }
  readonly cli?: Cli | undefined
  readonly ci: Pick<Ci, 'name' | 'jobUrl' | 'commit'>
  readonly warnings: readonly string[]
  /** What the step's own command did, where it has one. */
  readonly command?: StepCommandResult | undefined
  /** Hides secrets in whatever did not come through the event reader (messages, paths). */
  readonly redactor: Redactor
}

/** `result.json` as data; satisfies `resultSchema`. Pure. */
export function buildResult(parts: ResultParts): Result {
  const { state, timing, cli, error } = parts
  const result: Result = {
    version: RESULT_VERSION,
    outcome: parts.outcome,
    exit_code: parts.exitCode,
    reason: withoutPasswords(parts.reason),
    error:
      error === undefined
        ? null
        : { code: error.code, message: withoutPasswords(error.message), remedy: error.remedy ?? null },
    run: {
      id: state.runId ?? null,
      url: state.runUrl ?? null,
      session_url: state.sessionUrl ?? null,
      conversation_id: state.conversationId ?? null,
    },
    final_message: state.finalMessage ?? null,
    artifacts: [...state.artifacts],
    statistics: {
      events: state.events,
      messages: state.messages,
      tool_calls: { ...state.toolCalls },
      failed_commands: state.failedCommands.map(({ command, exitCode }) => ({
        command,
        exit_code: exitCode,
      })),
      failed_command_count: state.failedCommandCount,
      tool_errors: state.toolErrors,
      edited_files: [...state.editedFiles],
      edited_file_count: state.editedFileCount,
      unknown_events: { ...state.unknownEvents },
      plain_lines: state.plainLines,
      output_bytes: state.outputBytes,
    },
    timing: {
      started_at: new Date(timing.startedAt).toISOString(),
      install_ms: duration(timing.install),
      startup_ms: duration(timing.startup),
      first_event_ms: duration(timing.firstEvent),
      total_ms: duration(timing.total) ?? 0,
    },
    cli: {
      path: cli?.path ?? null,
      version: cli?.version ?? null,
      sha256: cli?.sha256 ?? null,
      source: cli?.source ?? null,
    },
    ci: { name: parts.ci.name, job_url: parts.ci.jobUrl ?? null, commit: parts.ci.commit ?? null },
    warnings: parts.warnings.map(withoutPasswords),
    ...(parts.command !== undefined && { command: parts.command }),
  }
  // The outcome is ours: a secret that spells one of its names must not change it.
  const redacted = redactValue(result, parts.redactor, (key) => KEYS.has(key)) as Result
  return {
    ...redacted,
    outcome: result.outcome,
    error: keepCode(redacted.error, result.error),
    timing: result.timing,
  }
}

const { shape } = resultSchema
/** The names of the format's own fields: a secret that spells one of them must not change it either. */
const KEYS: ReadonlySet<string> = new Set([
  ...[
    shape,
    shape.run.shape,
    shape.statistics.shape,
    shape.timing.shape,
    shape.cli.shape,
    shape.ci.shape,
  ].flatMap((fields) => Object.keys(fields)),
  ...Object.keys(artifactSchema.shape),
  ...['code', 'message', 'remedy', 'command'],
])

function keepCode(redacted: Result['error'], original: Result['error']): Result['error'] {
  return redacted === null || original === null ? null : { ...redacted, code: original.code }
}

function duration(milliseconds: number | undefined): number | null {
  return milliseconds === undefined ? null : Math.max(0, Math.round(milliseconds))
}
