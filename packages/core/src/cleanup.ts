import { isAbsolute, relative } from 'node:path'
import { createEventReader } from './agent/event-reader.ts'
import type { CiAdapter } from './ci.ts'
import { cancelCloudRun } from './cloud/cancel-run.ts'
import type { Milliseconds } from './contract/duration.ts'
import { messageOf } from './errors.ts'
import type { Environment, Ports } from './ports.ts'
import { type StopReport, sweep } from './process/tree.ts'
import { type CloseEnd, closeRun } from './step/close-run.ts'
import { openStep, type StepContext } from './step/context.ts'
import { finishStep } from './step/finish.ts'
import { type Learned, NOTHING_LEARNED } from './step/learned.ts'
import { receiveInputs } from './step/read-request.ts'
import { createRunRecorder, type RunRecord, type RunRecorder, readRunRecord } from './step/record.ts'
import { verdictOfDecision } from './step/verdict.ts'

const CLOSE_LIMIT: Milliseconds = 15_000

/**
 * Cleans up after a step that the CI killed: ends what is left of the agent, closes the run, removes temporary
 * secrets, and writes the results that the step could not. Does nothing after a step that did it all itself.
 * Never fails the job: what cannot be done is told in the log.
 * @param recordPath what the step asked the platform to remember; empty when it never got so far.
 */
export async function cleanUpStep(
  adapter: CiAdapter,
  ports: Ports,
  recordPath: string | undefined,
): Promise<void> {
  if (!recordPath) return
  try {
    await cleanUp(adapter, ports, recordPath)
  } catch (error) {
    const text = `The step could not be cleaned up: ${messageOf(error)}`
    await ports.log.write(adapter.logFormat.format({ kind: 'note', level: 'warning', text }))
  }
}

async function cleanUp(adapter: CiAdapter, ports: Ports, recordPath: string): Promise<void> {
  const { clock } = ports
  const record = await readRunRecord(recordPath, ports.files)
  if (record === undefined) return
  const received = await receiveInputs(adapter, ports)
  const { key, secrets } = received
  for (const secret of secrets) await adapter.reporter.mask(secret)
  const start = { adapter, ports, marker: record.marker, began: clock.elapsed(), startedAt: clock.now() }
  const step = openStep(start, secrets, createRunRecorder(recordPath, record, ports.files))
  const { log } = step
  const learned = record.resultsWritten ? NOTHING_LEARNED : await recall(step)
  await finishRun(step, { ...adapter.ci.env, WARP_API_KEY: key?.key })
  if (!record.resultsWritten) {
    if (record.placement === 'cloud') await cancelCloud(step, key?.key)
    const reason = 'the step was killed before it could report'
    const verdict = verdictOfDecision({ outcome: 'cancelled', exitCode: 143, reason })
    const { outputFormat, summary } = received.parsed.values
    await finishStep(step, { ...learned, verdict }, { outputFormat, wantsSummary: summary })
  }
  await log.end().catch((error: unknown) => log.note('warning', messageOf(error)))
}

async function finishRun({ record, ports, log }: StepContext, env: Environment): Promise<void> {
  const report = await finishAbandoned(record, { env, closeTimeout: CLOSE_LIMIT }, ports)
  const killed = report.killed.join(', ')
  if (killed !== '') log.note('info', `Ended what the agent left behind: ${killed}`)
  if (report.close.kind === 'closed') log.note('info', `Reported run ${record.current().runId} as over.`)
  if (report.close.kind === 'failed') {
    log.note('warning', `The run could not be closed: ${report.close.reason}`)
  }
  for (const problem of report.problems) log.note('warning', problem)
}

async function cancelCloud(
  { record, adapter, ports, log }: StepContext,
  key: string | undefined,
): Promise<void> {
  const { runId } = record.current()
  if (runId === undefined || key === undefined) return
  const end = await cancelCloudRun({ runId, key, env: adapter.ci.env, timeout: CLOSE_LIMIT }, ports)
  log.note('info', end.cancelled ? `Cancelled cloud run ${runId}.` : `The cloud run goes on: ${end.why}.`)
}

/** Transcripts beyond this are not read again: the results then go without figures, and say so. */
const RECALL_LIMIT = 64 * 1024 * 1024

/**
 * What the agent had said and done by the time the step was killed. The transcript knows the run even when
 * the kill came before the record of it was on disk.
 */
async function recall({ files, ports, redactor, record }: StepContext): Promise<Learned> {
  const size = (await ports.files.info(files.transcript))?.size ?? 0
  if (size === 0) return NOTHING_LEARNED
  if (size > RECALL_LIMIT) {
    const text = `the figures are missing: the transcript is too long to be read again (${size} bytes)`
    return { ...NOTHING_LEARNED, warnings: [text] }
  }
  const nowhere = { write: () => {}, close: () => {} }
  const reader = createEventReader({
    redactor,
    transcript: nowhere,
    onEvent: () => {},
    onPlainLine: () => {},
  })
  reader.push(await ports.files.readBytes(files.transcript))
  reader.end()
  const state = reader.state()
  if (record.current().runId === undefined && state.runId !== undefined) record.update({ runId: state.runId })
  return { ...NOTHING_LEARNED, state }
}

export interface FinishReport extends StopReport {
  readonly close: CloseEnd
  /** Whether a folder of temporary secrets was there and is gone now. */
  readonly removedPrivateFolder: boolean
  /** What could not be done, each as one sentence. */
  readonly problems: readonly string[]
}

export interface FinishRequest {
  /** The environment of the CLI that closes the run. */
  readonly env: Environment
  /** How long closing may take, in ms. */
  readonly closeTimeout: Milliseconds
}

type Needs = Pick<Ports, 'processes' | 'clock' | 'machine' | 'files'>

/** Nobody is left who could wind down in an orderly way, but the agent may still upload what it has. */
const GRACE: Milliseconds = 3000

/**
 * Finishes what a step left undone, usually because the CI killed it: ends the processes of its run, closes the run,
 * removes its temporary secrets. After a step that did all that itself, it does nothing. Never rejects.
 */
export async function finishAbandoned(
  recorder: RunRecorder,
  request: FinishRequest,
  ports: Needs,
): Promise<FinishReport> {
  const problems: string[] = []
  const attempt = async <T>(work: Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await work
    } catch (error) {
      problems.push(messageOf(error))
      return otherwise
    }
  }
  const record = recorder.current()
  const stopped = await attempt(stopLeftovers(record, ports), { killed: [], left: [] })
  const message = 'The CI step that ran the agent was killed.'
  const close = await closeRun(
    recorder,
    {
      by: 'after',
      env: request.env,
      timeout: request.closeTimeout,
      reason: record.resultsWritten ? undefined : { category: 'process_exit', message },
    },
    ports,
  )
  const removedPrivateFolder = await attempt(removePrivateFolder(record, recorder.path, ports), false)
  return { ...stopped, close, removedPrivateFolder, problems }
}

async function stopLeftovers({ agent, marker }: RunRecord, ports: Needs): Promise<StopReport> {
  // A number alone proves nothing: the system may have given it to somebody else by now.
  const startTime = agent === undefined ? undefined : await ports.processes.startTime(agent.pid)
  const leaderIsOurs = startTime !== undefined && startTime === agent?.startTime
  // Killed between the start and the note of it, a step leaves an agent that only its marker tells.
  const tree = { leader: agent?.pid ?? 0, leaderIsOurs, marker }
  return sweep(tree, { grace: GRACE, hurry: new AbortController().signal }, ports)
}

async function removePrivateFolder(record: RunRecord, recordPath: string, ports: Needs): Promise<boolean> {
  const folder = record.privateFolder
  if (folder === undefined || (await ports.files.info(folder)) === undefined) return false
  const { home, temp, cwd } = ports.machine
  const holdsMore = [recordPath, home, temp, cwd].some((path) => isWithin(path, folder))
  if (!isAbsolute(folder) || holdsMore) {
    throw new Error(`${folder} is not removed: it is no folder of temporary secrets`)
  }
  await ports.files.remove(folder)
  return true
}

function isWithin(path: string, folder: string): boolean {
  const from = relative(folder, path)
  return from === '' || !(from.startsWith('..') || isAbsolute(from))
}
