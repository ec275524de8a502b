import { cancelCloudRun } from '../cloud/cancel-run.ts'
import { messageOf } from '../errors.ts'
import { createEventReader } from '../events/event-reader.ts'
import type { CiHost } from '../host.ts'
import type { Environment, Ports } from '../ports.ts'
import { finishAbandoned } from '../run/finish-abandoned.ts'
import { readRunRecord } from '../run/read-run-record.ts'
import { resumeRunRecorder } from '../run/run-record.ts'
import { finishStep } from './finish-step.ts'
import { receiveInputs } from './read-request.ts'
import { openStep, type StepContext } from './step-context.ts'
import { verdictOfDecision } from './step-end.ts'

const CLOSE_LIMIT = 15_000

/**
 * Cleans up after a step that the CI killed: ends what is left of the agent, closes the run, removes temporary
 * secrets, and writes the results that the step could not. Does nothing after a step that did it all itself.
 * Never fails the job: what cannot be done is told in the log.
 * @param recordPath what the step asked the platform to remember; empty when it never got so far.
 */
export async function afterStep(host: CiHost, ports: Ports, recordPath: string | undefined): Promise<void> {
  if (!recordPath) return
  try {
    await cleanUp(host, ports, recordPath)
  } catch (error) {
    const text = `The step could not be cleaned up: ${messageOf(error)}`
    await ports.log.write(host.painter.paint({ kind: 'note', level: 'warning', text }))
  }
}

async function cleanUp(host: CiHost, ports: Ports, recordPath: string): Promise<void> {
  const { clock } = ports
  const record = await readRunRecord(recordPath, ports.files)
  if (record === undefined) return
  const { key, secrets } = await receiveInputs(host, ports)
  for (const secret of secrets) await host.mask(secret)
  const start = { host, ports, cookie: record.cookie, began: clock.elapsed(), startedAt: clock.now() }
  const recorder = resumeRunRecorder(recordPath, record, ports.files)
  const context = openStep(start, secrets, recorder)
  const { log } = context
  if (!record.resultsWritten) await recall(context)
  await finishRun(context, { ...host.env, WARP_API_KEY: key?.key })
  if (!record.resultsWritten) {
    if (record.placement === 'cloud') await cancelCloud(context, key?.key)
    const reason = 'the step was killed before it could report'
    await finishStep(context, verdictOfDecision({ outcome: 'cancelled', exitCode: 143, reason }))
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
  { record, host, ports, log }: StepContext,
  key: string | undefined,
): Promise<void> {
  const { runId } = record.current()
  if (runId === undefined || key === undefined) return
  const end = await cancelCloudRun({ runId, key, env: host.env, timeout: CLOSE_LIMIT }, ports)
  log.note('info', end.cancelled ? `Cancelled cloud run ${runId}.` : `The cloud run goes on: ${end.why}.`)
}

/** Transcripts beyond this are not read again: the results then go without figures, and say so. */
const RECALL_LIMIT = 64 * 1024 * 1024

/**
 * Takes up what the agent had said and done by the time the step was killed. The transcript knows the run even when
 * the kill came before the record of it was on disk.
 */
async function recall({ files, ports, progress, redactor, record }: StepContext): Promise<void> {
  const size = (await ports.files.info(files.transcript))?.size ?? 0
  if (size === 0) return
  if (size > RECALL_LIMIT) {
    progress.warnings.push(
      `the figures are missing: the transcript is too long to be read again (${size} bytes)`,
    )
    return
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
  progress.state = reader.state()
  const { runId } = progress.state
  if (record.current().runId === undefined && runId !== undefined) record.update({ runId })
}
