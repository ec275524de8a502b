import { relative } from 'node:path'
import {
  createRedactor,
  type Environment,
  type LogPainter,
  type Milliseconds,
  messageOf,
  type Ports,
  type RunIdentity,
  type StepReport,
} from '@oz-agent/core'
import type { AgentCommands, AnnotationStyle, Called } from '../agent/agent-commands.ts'
import { createAnnotator } from '../annotation/annotator.ts'
import { finishedBody, MAX_BODY_BYTES, startedBody, styleOf } from '../annotation/bodies.ts'
import { labelWith } from '../job/label.ts'
import { metaDataOf } from '../meta-data/meta-data.ts'
import { eachLimited } from './each-limited.ts'

/** What a step may report, and where. */
export interface ReportPlan {
  readonly context: string
  readonly metaDataPrefix: string
  readonly uploadArtifacts: boolean
  readonly labelSuffix: boolean
  readonly annotate: boolean
  /** Parent of the folder with the results: artifacts are named from here. */
  readonly artifactRoot: string
  readonly patchFile: string
}

export interface ReporterParts {
  readonly env: Environment
  readonly commands: AgentCommands
  readonly ports: Pick<Ports, 'files' | 'log' | 'clock'>
  readonly painter: LogPainter
  readonly plan: ReportPlan
  /** The changes that the agent made to the checkout; undefined when they are not known. */
  patch(limit: Milliseconds): Promise<string | undefined>
  secrets(): readonly string[]
  /** What a cancelled step may still take for its reports; undefined when there is no hurry. */
  hurry(): Milliseconds | undefined
  /** Resolves when the job is cancelled, if ever. */
  readonly cancelled: Promise<unknown>
}

/** Limits where nobody hurries: the agent retries over a network. */
const CALL_LIMIT: Milliseconds = 10_000
const UPLOAD_LIMIT: Milliseconds = 120_000
const PATCH_LIMIT: Milliseconds = 30_000
/** Less is not worth a call. */
const LEAST: Milliseconds = 50
const CALLS_AT_ONCE = 4

/** Shows on Buildkite's pages what a run is and how it ended. Whatever fails is told in the log and fails nothing. */
export function createReporter(parts: ReporterParts) {
  const { commands, plan, ports, painter } = parts
  const annotator = createAnnotator()
  /** What was not written, by the reason. */
  const missing = new Map<string, string[]>()
  /** Ends calls that hang when everything else is written. */
  const over = new AbortController()
  let started: string | undefined
  let deadline: Milliseconds | undefined
  /** What is left of the time for all the reports together. */
  const remaining = (): Milliseconds => {
    const hurry = parts.hurry()
    if (hurry === undefined) return Number.POSITIVE_INFINITY
    deadline ??= ports.clock.elapsed() + hurry
    return Math.max(0, deadline - ports.clock.elapsed())
  }
  const within = async (
    limit: Milliseconds,
    call: (limit: Milliseconds) => Promise<Called>,
  ): Promise<Called> => {
    const time = Math.min(limit, remaining())
    return time < LEAST ? { ok: false, reason: 'there was no time left' } : call(time)
  }
  const scrub = (text: string) => createRedactor(parts.secrets()).text(text)

  const note = (what: string, called: Called) => {
    if (called.ok) return
    const others = missing.get(called.reason) ?? []
    if (!others.includes(what)) missing.set(called.reason, [...others, what])
  }

  async function annotate(body: string, style: AnnotationStyle): Promise<void> {
    const text = scrub(body)
    const send = () =>
      within(CALL_LIMIT, (limit) => commands.annotate(text, plan.context, style, limit, over.signal))
    const patience = parts.hurry() === undefined ? undefined : ports.clock.sleep(remaining() / 4)
    note('the annotation', await annotator.update(send, patience))
  }

  async function setMetaData(report: StepReport): Promise<void> {
    await eachLimited(
      metaDataOf(plan.metaDataPrefix, report.outputs),
      CALLS_AT_ONCE,
      async ([key, value]) => {
        note(
          `meta-data ${key}`,
          await within(CALL_LIMIT, (limit) => commands.setMetaData(key, scrub(value), limit)),
        )
      },
    )
  }

  async function writePatch(): Promise<readonly string[]> {
    const patch = await parts.patch(Math.min(PATCH_LIMIT, remaining()))
    if (!patch) return []
    await ports.files.write(plan.patchFile, scrub(patch))
    return [plan.patchFile]
  }

  /** The files as artifacts name them. */
  async function uploadFiles({ resultFile, transcriptFile }: StepReport): Promise<readonly string[]> {
    if (!plan.uploadArtifacts) return []
    const patch = await writePatch()
    const there: string[] = []
    for (const path of [resultFile, transcriptFile, ...patch]) {
      if ((await ports.files.info(path)) !== undefined) there.push(relative(plan.artifactRoot, path))
    }
    const called = await within(UPLOAD_LIMIT, (limit) =>
      commands.uploadArtifacts(there, plan.artifactRoot, limit),
    )
    note('the artifacts', called)
    return called.ok ? there : []
  }

  async function finish(report: StepReport): Promise<void> {
    const { outcome } = report.result
    const uploaded = uploadFiles(report)
    const finalAnnotation = async () => {
      if (report.summary === undefined) return
      // In a hurry the annotation does not wait for the files.
      const files = await Promise.race([parts.cancelled.then(() => []), uploaded.catch(() => [])])
      const body = finishedBody(report.summary, files)
      await annotate(Buffer.byteLength(body) <= MAX_BODY_BYTES ? body : report.summary, styleOf(outcome))
    }
    const label = async () => {
      if (!plan.labelSuffix) return
      const called = await within(CALL_LIMIT, (limit) =>
        commands.setLabel(labelWith(parts.env, outcome), limit),
      )
      note("the step's label", called)
    }
    const ended = await Promise.allSettled([uploaded, finalAnnotation(), setMetaData(report), label()])
    for (const one of ended)
      if (one.status === 'rejected') note('a report', { ok: false, reason: messageOf(one.reason) })
    over.abort()
    await tell()
  }

  async function tell(): Promise<void> {
    for (const [reason, whats] of missing) {
      const text = `Not written on Buildkite's pages: ${whats.join(', ')} (${reason}). This does not change how the step ends.`
      await ports.log.write(painter.paint({ kind: 'note', level: 'warning', text: scrub(text) }))
    }
  }

  return {
    /** Does not wait for the annotation: the run goes on meanwhile. */
    start(identity: RunIdentity): void {
      if (!plan.annotate || (identity.runUrl === undefined && identity.sessionUrl === undefined)) return
      const body = startedBody(parts.env.BUILDKITE_LABEL, identity)
      // Not everything that becomes known of a run is a link.
      if (body !== started) void annotate(body, 'info')
      started = body
    },
    finish,
  }
}
