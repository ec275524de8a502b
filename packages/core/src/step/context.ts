import { join } from 'node:path'
import { type KeptHead, keepHead } from '../agent/transcript.ts'
import { createRedactor, type Redactor } from '../auth/redactor.ts'
import type { CiAdapter } from '../ci.ts'
import type { Milliseconds } from '../contract/duration.ts'
import type { Ports } from '../ports.ts'
import { createLogWriter, type LogWriter } from '../report/log.ts'
import { createRunRecorder, type RunRecorder } from './record.ts'

/** One step under way: its surroundings, and the places that it writes to. */
export interface StepContext extends StepStart {
  readonly files: StepFiles
  readonly redactor: Redactor
  readonly log: LogWriter
  readonly record: RunRecorder
  /** The two files that are written as the agent goes on; opened at first use. */
  readonly streams: { transcript(): KeptHead; said(): KeptHead }
}

export interface StepStart {
  readonly adapter: CiAdapter
  readonly ports: Ports
  /** Carried by every process of the run, so that they are found again. */
  readonly marker: string
  /** Reading of `clock.elapsed()`. */
  readonly began: Milliseconds
  /** Since 1970. */
  readonly startedAt: Milliseconds
}

/** Where a step writes what outlives it. */
export interface StepFiles {
  readonly result: string
  readonly transcript: string
  readonly said: string
  readonly record: string
}

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
  const { ports } = start
  const { ci, logFormat } = start.adapter
  const files = stepFiles(ci.resultFolder)
  const redactor = createRedactor(secrets)
  const kept = (path: string) => once(() => keepHead(ports.files.append(path), ci.limits.outputBytes))
  return {
    ...start,
    files,
    redactor,
    log: createLogWriter({
      format: logFormat,
      sink: ports.log,
      redactor,
      budgetBytes: ci.limits.logBytes,
      transcriptFile: files.transcript,
    }),
    record,
    streams: { transcript: kept(files.transcript), said: kept(files.said) },
  }
}

function newRecord({ adapter: { ci }, ports, marker }: StepStart): RunRecorder {
  const { record, result } = stepFiles(ci.resultFolder)
  return createRunRecorder(
    record,
    { marker, privateFolder: ci.privateFolder, resultFile: result },
    ports.files,
  )
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
