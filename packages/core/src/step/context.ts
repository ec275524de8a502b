import { join } from 'node:path'
import type { CloseReason } from '../agent/failure.ts'
import { NO_EVENTS, type RunState } from '../agent/run-state.ts'
import { type KeptHead, keepHead } from '../agent/transcript.ts'
import { createRedactor, type Redactor } from '../auth/redactor.ts'
import type { CiHost } from '../ci.ts'
import type { Milliseconds } from '../contract/duration.ts'
import type { Cli } from '../install/search.ts'
import type { Environment, Ports } from '../ports.ts'
import { createLogWriter, type LogWriter } from '../report/log.ts'
import { createRunRecorder, type RunRecorder } from './record.ts'

/** A function that makes its value at the first call, and gives that one ever after. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** Where a step writes what outlives it. */
export interface StepFiles {
  readonly result: string
  readonly transcript: string
  readonly said: string
  readonly record: string
}

/** What a step has come to know, kept up to date so that it can report at whatever point it ends. */
export interface StepProgress {
  readonly warnings: string[]
  cli: Cli | undefined
  state: RunState
  installMs: Milliseconds | undefined
  startupMs: Milliseconds | undefined
  firstEventMs: Milliseconds | undefined
  outputFormat: 'text' | 'json'
  wantsSummary: boolean
  /** How to close the run: set once the agent has the means to become one. */
  closing: { readonly env: Environment; reason: CloseReason | undefined } | undefined
}

/** One step under way: its surroundings, and what it knows by now. */
export interface StepContext {
  readonly host: CiHost
  readonly ports: Ports
  readonly files: StepFiles
  /** Reading of `clock.elapsed()`. */
  readonly began: Milliseconds
  /** Since 1970. */
  readonly startedAt: Milliseconds
  readonly redactor: Redactor
  readonly log: LogWriter
  readonly record: RunRecorder
  /** Marks every process of the run. */
  readonly cookie: string
  readonly progress: StepProgress
  /** The two files that are written as the agent goes on; opened at first use. */
  readonly streams: { transcript(): KeptHead; said(): KeptHead }
}

export type StepStart = Pick<StepContext, 'host' | 'ports' | 'began' | 'startedAt' | 'cookie'>

export function stepFiles(folder: string): StepFiles {
  return {
    result: join(folder, 'result.json'),
    transcript: join(folder, 'transcript.ndjson'),
    said: join(folder, 'agent-output.md'),
    record: join(folder, 'run-record.json'),
  }
}

/** Opens a step once its secrets are known, so that nothing is ever shown without them being redacted. */
export function openStep(
  start: StepStart,
  secrets: readonly string[],
  record = newRecord(start),
): StepContext {
  const { host, ports } = start
  const files = stepFiles(host.resultFolder)
  const redactor = createRedactor(secrets)
  const kept = (path: string) => once(() => keepHead(ports.files.append(path), host.limits.outputBytes))
  return {
    ...start,
    files,
    redactor,
    log: createLogWriter({
      painter: host.painter,
      sink: ports.log,
      redactor,
      budgetBytes: host.limits.logBytes,
      transcriptFile: files.transcript,
    }),
    record,
    progress: {
      warnings: [],
      cli: undefined,
      state: NO_EVENTS,
      installMs: undefined,
      startupMs: undefined,
      firstEventMs: undefined,
      outputFormat: 'text',
      wantsSummary: true,
      closing: undefined,
    },
    streams: { transcript: kept(files.transcript), said: kept(files.said) },
  }
}

function newRecord({ host, ports, cookie }: StepStart): RunRecorder {
  const { record, result } = stepFiles(host.resultFolder)
  return createRunRecorder(
    record,
    { cookie, privateFolder: host.privateFolder, resultFile: result },
    ports.files,
  )
}
