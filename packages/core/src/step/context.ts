import { isAbsolute, join, relative, sep } from 'node:path'
import { type KeptHead, keepHead } from '../agent/transcript.ts'
import { createRedactor, type Redactor } from '../auth/redactor.ts'
import type { Ci, CiAdapter } from '../ci.ts'
import type { Milliseconds } from '../contract/duration.ts'
import { RunnerError } from '../errors.ts'
import type { Files, Ports } from '../ports.ts'
import { createLogWriter, type LogWriter } from '../report/log.ts'
import { createRunRecorder, type RunRecord, type RunRecorder, recordPathOf } from './record.ts'

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

/** Where a step writes. */
export interface StepFiles {
  readonly result: string
  readonly transcript: string
  readonly said: string
  readonly record: string
  /** Folder of temporary secrets; removed at the end. */
  readonly private: string
}

export function stepFiles({ resultFolder, stepFolder }: Pick<Ci, 'resultFolder' | 'stepFolder'>): StepFiles {
  return {
    result: join(resultFolder, 'result.json'),
    transcript: join(resultFolder, 'transcript.ndjson'),
    said: join(resultFolder, 'agent-output.md'),
    record: recordPathOf(stepFolder),
    private: join(stepFolder, 'private'),
  }
}

/**
 * Opens a step once its secrets are known, so that nothing is ever shown without them being redacted.
 * @param earlier the record of a killed step that is finished here: its files are continued, not made anew.
 */
export function openStep(start: StepStart, secrets: readonly string[], earlier?: RunRecord): StepContext {
  const { ports, marker } = start
  const { ci, logFormat } = start.adapter
  const files = stepFiles(ci)
  const redactor = createRedactor(secrets)
  const only = earlier === undefined ? 'new' : 'plain'
  const kept = (path: string) =>
    once(() => keepHead(ports.files.append(path, { mode: 0o600, only }), ci.limits.outputBytes))
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
    record: createRunRecorder(files.record, earlier ?? { marker }, ports.files),
    streams: { transcript: kept(files.transcript), said: kept(files.said) },
  }
}

/**
 * Makes the folders of a step, and clears the results of an earlier one.
 * @throws UntrustedFolderError where a folder is not this user's own; RunnerError where a link leads out of the checkout.
 */
export async function prepareFolders(ci: Ci, { files }: Pick<Ports, 'files'>): Promise<void> {
  await files.makeOwnFolder(ci.stepFolder)
  await refuseLinks(ci, files)
  await files.makeFolder(ci.resultFolder, { mode: 0o700 })
  const { result, transcript, said } = stepFiles(ci)
  for (const path of [result, transcript, said]) await files.remove(path)
}

/**
 * A folder of results within the checkout may not be reached through a link: whoever wrote the commit, or the agent,
 * would choose what is overwritten. Asked before the step writes there, at its beginning and at its end.
 */
export async function refuseLinks(
  { checkout, resultFolder }: Pick<Ci, 'checkout' | 'resultFolder'>,
  files: Pick<Files, 'isLink'>,
): Promise<void> {
  const inCheckout = relative(checkout, resultFolder)
  if (inCheckout === '' || inCheckout.startsWith('..') || isAbsolute(inCheckout)) return
  let path = checkout
  for (const part of inCheckout.split(sep)) {
    path = join(path, part)
    if (!(await files.isLink(path))) continue
    throw new RunnerError(
      'unavailable',
      `${path} is a link: results are not written through links of the checkout`,
      {
        remedy: 'Take the link out of the repository, or write the results elsewhere.',
      },
    )
  }
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
