import { type KeptHead, NOTHING_KEPT } from '../agent/transcript.ts'
import type { Milliseconds } from '../contract/duration.ts'
import { isGreen, type OutcomeName } from '../contract/outcomes.ts'
import type { Result } from '../contract/result.ts'
import { messageOf } from '../errors.ts'
import { createStop } from '../process/stop.ts'
import { buildOutputs } from '../report/outputs.ts'
import { buildResult } from '../report/result.ts'
import { renderSummary } from '../report/summary.ts'
import { closeRun } from './close-run.ts'
import { refuseLinks, type StepContext } from './context.ts'
import type { Learned, StepEnding } from './learned.ts'
import type { ReceivedInputs } from './read-request.ts'
import { type StepVerdict, verdictOfThrown } from './verdict.ts'

/** How long closing a run may take: little when the CI is about to kill us. */
const CLOSE_LIMIT: Milliseconds = 15_000
const HURRIED_CLOSE_LIMIT: Milliseconds = 2_000

/** What the inputs want of the reports. */
export interface ReportOptions {
  readonly outputFormat: 'text' | 'json'
  readonly wantsSummary: boolean
}

/**
 * Ends a step: says the verdict, writes `result.json`, hands on outputs and summary, closes the run, and removes
 * what only this step may read. Results come before the call to Warp, so that a kill loses as little as possible.
 * No part that fails keeps the others from being done. Returns the verdict that the step ends with: a green one
 * turns red when its results could not be published.
 */
export async function finishStep(
  step: StepContext,
  { verdict, ...learned }: StepEnding,
  options: ReportOptions,
): Promise<StepVerdict> {
  const { ports, files, log, record } = step
  const { ci } = step.adapter
  sayVerdict(step, verdict)
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
        sayVerdict(step, final)
      }
    }
  }
  await attempt('The results could not be written', async () => {
    await refuseLinks(ci, ports.files)
    await writeResult(step, resultOf(step, final, learned))
  })
  await attempt('The outputs could not be published', async () => {
    await refuseLinks(ci, ports.files)
    await publish(step, resultOf(step, final, learned), options)
  })
  // A folder of somebody else was refused at the beginning: nothing is written or removed there now.
  if ((await ports.files.ownFolderProblem(ci.stepFolder)) === undefined) {
    record.update({ resultsWritten: true })
    await closeOnce(step, final, learned)
    await attempt(`${files.private} could not be removed`, () => ports.files.remove(files.private))
    await attempt(`${files.record} could not be written`, () => record.flush())
  }
  await log.drain()
  return final
}

function sayVerdict({ log }: StepContext, { outcome, exitCode, reason, error, stack }: StepVerdict): void {
  const remedy = error?.remedy === undefined || isGreen(outcome) ? '' : `\n${error.remedy}`
  log.note('info', `Oz agent: ${outcome} (exit code ${exitCode}): ${reason}${remedy}`)
  if (stack !== undefined) log.note('info', stack)
}

async function writeResult({ adapter, ports, files, streams }: StepContext, result: Result): Promise<void> {
  await ports.files.makeFolder(adapter.ci.resultFolder, { mode: 0o700 })
  streams.transcript().close()
  streams.said().close()
  await ports.files.write(files.result, `${JSON.stringify(result, null, 2)}\n`, { mode: 0o600 })
}

async function publish(
  { adapter: { ci, reporter }, files, streams }: StepContext,
  result: Result,
  { outputFormat, wantsSummary }: ReportOptions,
): Promise<void> {
  await reporter.publish({
    result,
    outputs: buildOutputs(result, {
      format: outputFormat,
      said: keptOf(streams.said),
      saidFile: files.said,
      transcript: keptOf(streams.transcript),
      transcriptFile: files.transcript,
      resultFile: files.result,
      maxBytes: ci.limits.outputBytes,
    }),
    summary: wantsSummary
      ? renderSummary(result, { maxBytes: ci.limits.summaryBytes, saidFile: files.said })
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

function resultOf(step: StepContext, verdict: StepVerdict, learned: Learned): Result {
  const { outcome, exitCode, reason, error } = verdict
  return buildResult({
    outcome,
    exitCode,
    reason,
    error,
    state: learned.state,
    timing: {
      startedAt: step.startedAt,
      install: learned.installMs,
      startup: learned.startupMs,
      firstEvent: learned.firstEventMs,
      total: step.ports.clock.elapsed() - step.began,
    },
    cli: learned.cli,
    ci: step.adapter.ci,
    warnings: learned.warnings,
    command: step.adapter.command?.(),
    redactor: step.redactor,
  })
}

async function closeOnce(
  { ports, record, log, redactor }: StepContext,
  { outcome }: StepVerdict,
  { closing }: Learned,
): Promise<void> {
  if (closing === undefined) return
  const timeout = outcome === 'cancelled' ? HURRIED_CLOSE_LIMIT : CLOSE_LIMIT
  const end = await closeRun(record, { by: 'main', ...closing, timeout }, ports).catch((error: unknown) => ({
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
export async function reportDiagnosis(
  { adapter, ports, log }: StepContext,
  outcome: OutcomeName,
  received: ReceivedInputs,
): Promise<void> {
  if (!WORTH_A_LOOK.includes(outcome)) return
  const stop = createStop(adapter.ci.windDown, ports)
  try {
    const { diagnose } = await import('../on-demand.ts')
    const table = await stop.race(diagnose(outcome, adapter, ports, received))
    if (table !== undefined) log.note('info', `What doctor finds:\n${table}`)
    await log.drain()
  } catch {
    // The results are published. This was only extra help.
  } finally {
    stop.end()
  }
}
