import { basename, dirname, join, relative } from 'node:path'
import {
  createRedactor,
  type Environment,
  type LogFormat,
  type Milliseconds,
  messageOf,
  type Ports,
  type RunIdentity,
  type StepReport,
} from '@oz-agent/core'
import pLimit from 'p-limit'
import type { AgentCommands, AnnotationStyle, CallResult } from '../buildkite-agent/commands.ts'
import { createAnnotator, finishedBody, MAX_BODY_BYTES, startedBody, styleOf } from './annotation.ts'
import {
  type CommandRuns,
  commandMetaData,
  commandResult,
  describeCommand,
  isCommandRed,
} from './command-runs.ts'
import { labelWith, metaDataOf } from './meta-data.ts'

/** What a step reports, and where. */
export interface ReportPlan {
  readonly context: string
  readonly metaDataPrefix: string
  readonly uploadArtifacts: boolean
  readonly labelSuffix: boolean
  readonly annotate: boolean
  /** Parent of the folder with the results. The names of artifacts are relative to it. */
  readonly artifactRoot: string
  readonly patchFile: string
}

export interface ReporterParts {
  readonly env: Environment
  readonly commands: AgentCommands
  readonly ports: Pick<Ports, 'files' | 'log' | 'clock'>
  readonly logFormat: LogFormat
  readonly plan: ReportPlan
  /** The patch of what the agent changed in the checkout; undefined when it is not known. */
  patch(limit: Milliseconds): Promise<string | undefined>
  /** What the step's own command has done so far. */
  commandRuns(): CommandRuns
  secrets(): readonly string[]
  /** The time that a cancelled step has for its reports; undefined when the job was not cancelled. */
  reportTime(): Milliseconds | undefined
  /** Resolves when the job is cancelled, if ever. */
  readonly cancelled: Promise<unknown>
}

/** Limits in a job that was not cancelled. They are long, as the Buildkite agent retries over the network. */
const CALL_LIMIT: Milliseconds = 10_000
const UPLOAD_LIMIT: Milliseconds = 120_000
const PATCH_LIMIT: Milliseconds = 30_000
/** With less time left, no call is made. */
const LEAST: Milliseconds = 50
const CALLS_AT_ONCE = 4

/**
 * Shows on Buildkite's pages what a run is and how it ended. A report that fails is named in the log; it does not
 * change how the step ends.
 */
export function createReports(parts: ReporterParts) {
  const { commands, plan, ports, logFormat } = parts
  const annotator = createAnnotator()
  /** What was not written, by reason. */
  const missing = new Map<string, string[]>()
  /** Ends calls that hang, once everything else is written. */
  let over = new AbortController()
  let started: string | undefined
  let finishAgain = async () => {}
  let deadline: Milliseconds | undefined
  /** The time that is left for all reports together. */
  const remaining = (): Milliseconds => {
    const reportTime = parts.reportTime()
    if (reportTime === undefined) return Number.POSITIVE_INFINITY
    deadline ??= ports.clock.elapsed() + reportTime
    return Math.max(0, deadline - ports.clock.elapsed())
  }
  const within = async (
    limit: Milliseconds,
    call: (limit: Milliseconds) => Promise<CallResult>,
  ): Promise<CallResult> => {
    const time = Math.min(limit, remaining())
    return time < LEAST ? { ok: false, reason: 'there was no time left' } : call(time)
  }
  const scrub = (text: string) => createRedactor(parts.secrets()).text(text)

  const note = (what: string, called: CallResult) => {
    if (called.ok) return
    const others = missing.get(called.reason) ?? []
    if (!others.includes(what)) missing.set(called.reason, [...others, what])
  }

  async function annotate(body: string, style: AnnotationStyle): Promise<void> {
    const text = scrub(body)
    const send = () =>
      within(CALL_LIMIT, (limit) => commands.annotate(text, plan.context, style, limit, over.signal))
    const stopWaiting = parts.reportTime() === undefined ? undefined : ports.clock.sleep(remaining() / 4)
    note('the annotation', await annotator.update(send, stopWaiting))
  }

  async function setMetaData({ outputs }: StepReport): Promise<void> {
    const ofCommand = commandMetaData(parts.commandRuns()).map(
      ([name, value]) => [`${plan.metaDataPrefix}:${name}`, value] as const,
    )
    const pairs = [...metaDataOf(plan.metaDataPrefix, outputs), ...ofCommand]
    await pLimit(CALLS_AT_ONCE).map(pairs, async ([key, value]) => {
      const called = await within(CALL_LIMIT, (limit) => commands.setMetaData(key, scrub(value), limit))
      note(`meta-data ${key}`, called)
    })
  }

  async function writePatch(): Promise<readonly string[]> {
    const patch = await parts.patch(Math.min(PATCH_LIMIT, remaining()))
    if (!patch) return []
    await ports.files.write(plan.patchFile, scrub(patch))
    return [plan.patchFile]
  }

  /** Returns the names of the uploaded artifacts. */
  async function uploadFiles(report: StepReport): Promise<readonly string[]> {
    if (!plan.uploadArtifacts) return []
    const patch = await writePatch()
    const there: string[] = []
    for (const path of [report.resultFile, report.transcriptFile, ...wholeText(report), ...patch]) {
      if ((await ports.files.info(path)) !== undefined) there.push(relative(plan.artifactRoot, path))
    }
    const called = await within(UPLOAD_LIMIT, (limit) =>
      commands.uploadArtifacts(there, plan.artifactRoot, limit),
    )
    note('the artifacts', called)
    return called.ok ? there : []
  }

  /** `result.json` with what the command did the second time. Of two artifacts of one name, the newer one counts. */
  async function uploadResultAgain(
    { result, resultFile }: StepReport,
    uploaded: Promise<readonly string[]>,
  ): Promise<readonly string[]> {
    const command = commandResult(parts.commandRuns())
    if ((await ports.files.info(resultFile)) !== undefined) {
      const text = `${JSON.stringify({ ...result, command }, null, 2)}\n`
      await ports.files.write(resultFile, text, { mode: 0o600 })
    }
    const before = await uploaded
    const name = relative(plan.artifactRoot, resultFile)
    if (before.includes(name)) {
      const called = await within(UPLOAD_LIMIT, (limit) =>
        commands.uploadArtifacts([name], plan.artifactRoot, limit),
      )
      note('the artifact result.json', called)
    }
    return before
  }

  async function finish(report: StepReport, uploaded: Promise<readonly string[]>): Promise<void> {
    const { outcome } = report.result
    const runs = parts.commandRuns()
    const isRed = isCommandRed(runs)
    const finalAnnotation = async () => {
      if (report.summary === undefined) return
      // In a cancelled job the annotation does not wait for the files.
      const files = await Promise.race([uploaded.catch(() => []), parts.cancelled.then(() => [])])
      const whole = [describeCommand(runs), report.summary].filter(Boolean).join('\n\n')
      const body = finishedBody(parts.env.BUILDKITE_LABEL, whole, files)
      const style = isRed && styleOf(outcome) === 'success' ? 'error' : styleOf(outcome)
      await annotate(Buffer.byteLength(body) <= MAX_BODY_BYTES ? body : report.summary, style)
    }
    const label = async () => {
      if (!plan.labelSuffix) return
      const called = await within(CALL_LIMIT, (limit) =>
        commands.setLabel(labelWith(parts.env, outcome, isRed), limit),
      )
      note("the step's label", called)
    }
    const ended = await Promise.allSettled([uploaded, finalAnnotation(), setMetaData(report), label()])
    for (const one of ended)
      if (one.status === 'rejected') note('a report', { ok: false, reason: messageOf(one.reason) })
    over.abort()
    over = new AbortController()
    await logMissing()
    missing.clear()
  }

  async function logMissing(): Promise<void> {
    for (const [reason, whats] of missing) {
      const text = `Not written on Buildkite's pages: ${whats.join(', ')} (${reason}). This does not change how the step ends.`
      await ports.log.write(logFormat.format({ kind: 'note', level: 'warning', text: scrub(text) }))
    }
  }

  return {
    /** Links to the run. Returns at once: the run does not wait for the annotation. */
    start(identity: RunIdentity): void {
      if (!plan.annotate || (identity.runUrl === undefined && identity.sessionUrl === undefined)) return
      const body = startedBody(parts.env.BUILDKITE_LABEL, identity)
      // Something else became known of the run, but no new link.
      if (body !== started) void annotate(body, 'info')
      started = body
    },
    /** Writes every report of a run that has ended. */
    finish(report: StepReport): Promise<void> {
      const uploaded = uploadFiles(report)
      finishAgain = () => finish(report, uploadResultAgain(report, uploaded))
      return finish(report, uploaded)
    },
    /** Writes the reports once more, and of the files `result.json`, after the step's own command was run again. */
    update: (): Promise<void> => finishAgain(),
  }
}

/** The file with all that the agent said, when a text that was cut names it. */
function wholeText({ resultFile, summary, outputs }: StepReport): readonly string[] {
  const file = join(dirname(resultFile), 'agent-output.md')
  const isNamed = [summary, ...Object.values(outputs)].some((text) => text?.includes(basename(file)))
  return isNamed ? [file] : []
}
