import { type KeptHead, NOTHING_KEPT } from '../agent/transcript.ts'
import type { Milliseconds } from '../contract/duration.ts'
import { isGreen, type OutcomeName } from '../contract/outcomes.ts'
import type { Result } from '../contract/result.ts'
import { diagnose } from '../doctor/doctor.ts'
import { messageOf } from '../errors.ts'
import { watchForStop } from '../process/stop.ts'
import { buildOutputs } from '../report/outputs.ts'
import { buildResult } from '../report/result.ts'
import { renderSummary } from '../report/summary.ts'
import { closeRun } from './close-run.ts'
import type { StepContext } from './context.ts'
import type { ReceivedInputs } from './read-request.ts'
import { type StepVerdict, verdictOfThrown } from './verdict.ts'

/** How long closing a run may take: little when the CI is about to kill us. */
const CLOSE_LIMIT: Milliseconds = 15_000
const HURRIED_CLOSE_LIMIT: Milliseconds = 2_000

/**
 * Ends a step: says the verdict, writes `result.json`, hands on outputs and summary, closes the run, and removes
 * what only this step may read. Results come before the call to Warp, so that a kill loses as little as possible.
 * No part that fails keeps the others from being done. Returns the verdict that the step ends with: a green one
 * turns red when its results could not be handed on.
 */
export async function finishStep(context: StepContext, verdict: StepVerdict): Promise<StepVerdict> {
  const { host, ports, files, log, record } = context
  sayVerdict(context, verdict)
  await log.end()
  let final = verdict
  const attempt = async (what: string, work: () => Promise<unknown>): Promise<void> => {
    try {
      await work()
    } catch (error) {
      const trouble = verdictOfThrown(error, 0)
      log.note('error', `${what}: ${trouble.reason}`)
      if (isGreen(final.outcome)) {
        final = trouble
        sayVerdict(context, final)
      }
    }
  }
  await attempt('The results could not be written', () => writeResult(context, final))
  await attempt('The outputs could not be handed on', () => handOn(context, resultOf(context, final)))
  record.update({ resultsWritten: true })
  await closeOnce(context, final)
  await attempt(`${host.privateFolder} could not be removed`, () => ports.files.remove(host.privateFolder))
  await attempt(`${files.record} could not be written`, () => record.flush())
  await log.drain()
  return final
}

function sayVerdict({ log }: StepContext, { outcome, exitCode, reason, error, stack }: StepVerdict): void {
  const remedy = error?.remedy === undefined || isGreen(outcome) ? '' : `\n${error.remedy}`
  log.note('info', `Oz agent: ${outcome} (exit code ${exitCode}): ${reason}${remedy}`)
  if (stack !== undefined) log.note('info', stack)
}

async function writeResult(context: StepContext, verdict: StepVerdict): Promise<void> {
  const { host, ports, files, streams } = context
  await ports.files.makeFolder(host.resultFolder)
  streams.transcript().close()
  streams.said().close()
  const result = resultOf(context, verdict)
  await ports.files.write(files.result, `${JSON.stringify(result, null, 2)}\n`)
}

async function handOn({ host, files, progress, streams }: StepContext, result: Result): Promise<void> {
  await host.publish({
    result,
    outputs: buildOutputs(result, {
      format: progress.outputFormat,
      said: keptOf(streams.said),
      saidFile: files.said,
      transcript: keptOf(streams.transcript),
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
}

/** What a stream has kept; nothing where its file could not even be opened. */
function keptOf(stream: () => KeptHead): Pick<KeptHead, 'head' | 'isCut'> {
  try {
    return stream()
  } catch {
    return NOTHING_KEPT
  }
}

function resultOf(context: StepContext, verdict: StepVerdict): Result {
  const { host, ports, progress } = context
  const { outcome, exitCode, reason, error } = verdict
  return buildResult({
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

/** Outcomes whose reason may lie in the machine, the network or the account. */
const WORTH_A_LOOK: readonly OutcomeName[] = ['unavailable', 'temporary', 'not-permitted']

/**
 * Appends to the log of a failed step what `doctor` finds, where that may be the reason. Comes after all results are
 * written; a signal of the CI ends it at once, and trouble with it is no trouble of the step.
 */
export async function appendDiagnosis(
  { host, ports, log }: StepContext,
  outcome: OutcomeName,
  received: ReceivedInputs,
): Promise<void> {
  if (!WORTH_A_LOOK.includes(outcome)) return
  const watch = watchForStop(ports)
  try {
    const table = await watch.race(diagnose(outcome, host, ports, received))
    if (table !== undefined) log.note('info', `What doctor finds:\n${table}`)
    await log.drain()
  } catch {
    // The step has been told already; this was only to help.
  } finally {
    watch.end()
  }
}
