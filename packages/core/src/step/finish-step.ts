import type { Milliseconds } from '../contract/duration.ts'
import { outcomeNamed } from '../contract/outcomes.ts'
import type { Result } from '../contract/result.ts'
import { messageOf } from '../errors.ts'
import { buildResult } from '../report/build-result.ts'
import { buildOutputs } from '../report/outputs.ts'
import { renderSummary } from '../report/summary.ts'
import { closeRun } from '../run/close-run.ts'
import type { StepContext } from './step-context.ts'
import type { StepVerdict } from './step-end.ts'

/** How long closing a run may take: little when the CI is about to kill us. */
const CLOSE_LIMIT: Milliseconds = 15_000
const HURRIED_CLOSE_LIMIT: Milliseconds = 2_000

/**
 * Ends a step: says the verdict, writes `result.json`, hands on outputs and summary, closes the run, and removes
 * what only this step may read. Results come before the call to Warp, so that a kill loses as little as possible.
 */
export async function finishStep(context: StepContext, verdict: StepVerdict): Promise<void> {
  const { host, ports, files, log, progress, record } = context
  sayVerdict(context, verdict)
  await log.end()
  const result = await writeResult(context, verdict)
  await host.publish({
    result,
    outputs: buildOutputs(result, {
      format: progress.outputFormat,
      said: context.streams.said(),
      saidFile: files.said,
      transcript: context.streams.transcript(),
      transcriptFile: files.transcript,
      resultFile: files.result,
      maxBytes: host.limits.outputBytes,
    }),
    summary: progress.wantsSummary
      ? renderSummary(result, { maxBytes: host.limits.summaryBytes, saidFile: files.said })
      : undefined,
    resultFile: files.result,
    transcriptFile: files.transcript,
  })
  record.update({ resultsWritten: true })
  await closeOnce(context, verdict)
  await ports.files.remove(host.privateFolder)
  await record.flush()
  await log.drain()
}

function sayVerdict({ log }: StepContext, { outcome, reason, error, stack }: StepVerdict): void {
  const { exitCode, verdict } = outcomeNamed(outcome)
  const remedy = error?.remedy === undefined ? '' : `\n${error.remedy}`
  log.note(
    'info',
    `Oz agent: ${outcome} (exit code ${exitCode}): ${reason}${verdict === 'failure' ? remedy : ''}`,
  )
  if (stack !== undefined) log.note('info', stack)
}

async function writeResult(context: StepContext, verdict: StepVerdict): Promise<Result> {
  const { host, ports, files, progress, streams } = context
  await ports.files.makeFolder(host.resultFolder)
  streams.transcript().close()
  streams.said().close()
  const { outcome, exitCode, reason, error } = verdict
  const result = buildResult({
    outcome,
    exitCode,
    reason,
    error,
    state: progress.state,
    timing: {
      startedAt: context.startedAt,
      install: progress.installMs,
      startup: progress.startupMs,
      firstEvent: progress.firstEventMs,
      total: ports.clock.elapsed() - context.began,
    },
    cli: progress.cli,
    ci: host.ci,
    warnings: progress.warnings,
    redactor: context.redactor,
  })
  await ports.files.write(files.result, `${JSON.stringify(result, null, 2)}\n`)
  return result
}

async function closeOnce({ ports, record, progress, log, redactor }: StepContext, { outcome }: StepVerdict) {
  if (progress.closing === undefined) return
  const { env, reason } = progress.closing
  const timeout = outcome === 'cancelled' ? HURRIED_CLOSE_LIMIT : CLOSE_LIMIT
  const end = await closeRun(record, { by: 'main', env, reason, timeout }, ports).catch((error: unknown) => ({
    kind: 'failed' as const,
    reason: messageOf(error),
  }))
  if (end.kind === 'failed') {
    log.note(
      'warning',
      `The run could not be reported as over; a clean-up step will try again: ${redactor.text(end.reason)}`,
    )
  }
}
