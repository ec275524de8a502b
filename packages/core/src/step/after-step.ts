import { cancelCloudRun } from '../cloud/cancel-run.ts'
import { messageOf } from '../errors.ts'
import { createEventReader } from '../events/event-reader.ts'
import type { CiHost } from '../host.ts'
import type { Ports } from '../ports.ts'
import { finishAbandoned } from '../run/finish-abandoned.ts'
import { readRunRecord, resumeRunRecorder } from '../run/run-record.ts'
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
  const { clock } = ports
  if (!recordPath) return
  const record = await readRunRecord(recordPath, ports.files)
  if (record === undefined) return
  const { key, secrets } = await receiveInputs(host, ports)
  for (const secret of secrets) await host.mask(secret)
  const start = { host, ports, cookie: record.cookie, began: clock.elapsed(), startedAt: clock.now() }
  const recorder = resumeRunRecorder(recordPath, record, ports.files)
  const context = openStep(start, secrets, recorder)
  const { log } = context
  const env = { ...host.env, WARP_API_KEY: key?.key }
  const report = await finishAbandoned(recorder, { env, closeTimeout: CLOSE_LIMIT }, ports)
  if (report.killed.length > 0)
    log.note('info', `Ended what the agent left behind: ${report.killed.join(', ')}`)
  if (report.close.kind === 'closed') log.note('info', `Reported run ${record.runId} as over.`)
  if (report.close.kind === 'failed')
    log.note('warning', `The run could not be closed: ${report.close.reason}`)
  for (const problem of report.problems) log.note('warning', problem)
  if (!record.resultsWritten) {
    if (record.placement === 'cloud' && record.runId !== undefined && key !== undefined) {
      const end = await cancelCloudRun(
        { runId: record.runId, key: key.key, env: host.env, timeout: CLOSE_LIMIT },
        ports,
      )
      log.note(
        'info',
        end.cancelled ? `Cancelled cloud run ${record.runId}.` : `The cloud run goes on: ${end.why}.`,
      )
    }
    await recallEvents(context)
    const reason = 'the step was killed before it could report'
    await finishStep(context, verdictOfDecision({ outcome: 'cancelled', exitCode: 143, reason }))
  }
  await log.end().catch((error: unknown) => log.note('warning', messageOf(error)))
}

/** Transcripts beyond this are not read again: the results then go without figures, and say so. */
const RECALL_LIMIT = 64 * 1024 * 1024

/** Takes up what the agent had said and done by the time the step was killed. */
async function recallEvents({ files, ports, progress, redactor }: StepContext): Promise<void> {
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
}
