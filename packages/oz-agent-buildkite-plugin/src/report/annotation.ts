import { createHash } from 'node:crypto'
import { type Environment, type OutcomeName, outcomeNamed, type RunIdentity } from '@oz-agent/core'
import type { AnnotationStyle, CallResult } from '../buildkite-agent/commands.ts'
import { MAX_CONTEXT_LENGTH } from '../inputs/own-options.ts'

/**
 * Keeps one annotation up to date. Updates are sent one at a time, and of several that wait only the newest is sent.
 * So a slow early update cannot replace the last one.
 */
export interface Annotator {
  /**
   * Resolves when this update, or a newer one in its place, was sent.
   * @param stopWaiting resolves when this update must no longer wait for an earlier one that is still being sent.
   */
  update(send: () => Promise<CallResult>, stopWaiting?: Promise<void>): Promise<CallResult>
}

export function createAnnotator(): Annotator {
  let running: Promise<unknown> | undefined
  let newest: (() => Promise<CallResult>) | undefined
  let next: Promise<CallResult> | undefined

  const start = (send: () => Promise<CallResult>): Promise<CallResult> => {
    const sending = send().finally(() => {
      if (running === sending) running = undefined
    })
    running = sending
    return sending
  }
  const afterRunning = (stopWaiting: Promise<void> | undefined, send: () => Promise<CallResult>) =>
    Promise.race([running, ...(stopWaiting === undefined ? [] : [stopWaiting])]).then(() => {
      next = undefined
      return start(newest ?? send)
    })

  return {
    update(send, stopWaiting) {
      if (running === undefined) return start(send)
      newest = send
      if (next === undefined || stopWaiting !== undefined) next = afterRunning(stopWaiting, send)
      return next
    },
  }
}

/** Buildkite's limit. https://buildkite.com/docs/agent/cli/reference/annotate */
export const MAX_BODY_BYTES = 1_048_576

/** The annotation while the agent works: where to watch it. */
export function startedBody(label: string | undefined, { runUrl, sessionUrl }: RunIdentity): string {
  const links = [
    sessionUrl === undefined ? undefined : `[Join the session](${sessionUrl})`,
    runUrl === undefined ? undefined : `[Open the run](${runUrl})`,
  ]
  const where = label === undefined ? '' : ` in **${escapeMarkdown(label)}**`
  return [`:robot_face: Oz is working${where}.`, links.filter(Boolean).join(' · ')]
    .filter(Boolean)
    .join('\n\n')
}

/** The annotation when the agent has ended: the step's label, core's summary, and links to the artifacts. */
export function finishedBody(label: string | undefined, summary: string, files: readonly string[]): string {
  const step = label === undefined ? '' : `**${escapeMarkdown(label)}**\n\n`
  return step + withLinks(summary, files)
}

function withLinks(summary: string, files: readonly string[]): string {
  if (files.length === 0) return summary
  const links = files.map((path) => `[${path.split('/').at(-1)}](artifact://${encodeURI(path)})`)
  return `${summary.trimEnd()}\n\nFiles: ${links.join(' · ')}\n`
}

/** Green, red, amber when a person or a retry may help, blue when there was nothing to do. */
export function styleOf(outcome: OutcomeName): AnnotationStyle {
  const { verdict, retryable } = outcomeNamed(outcome)
  if (verdict === 'success') return 'success'
  if (verdict === 'neutral') return 'info'
  return retryable || AMBER.has(outcome) ? 'warning' : 'error'
}

const AMBER: ReadonlySet<OutcomeName> = new Set(['blocked', 'cancelled', 'timed-out'])

function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>()#!|~]/g, '\\$&').replace(/\s+/g, ' ')
}

/**
 * The annotation's context: the user's choice, else one of the step that stays the same when its job is retried.
 * @param use counts the uses of this plugin in the job, from 1.
 */
export function annotationContext(env: Environment, chosen: string | undefined, use: number): string {
  if (chosen !== undefined) return chosen
  const step = env.BUILDKITE_STEP_KEY || env.BUILDKITE_STEP_ID || env.BUILDKITE_JOB_ID || 'step'
  const parts = ['oz-agent', step, env.BUILDKITE_PARALLEL_JOB, use > 1 ? String(use) : undefined]
  return fit(parts.filter(Boolean).join('-'))
}

function fit(context: string): string {
  if (context.length <= MAX_CONTEXT_LENGTH) return context
  const digest = createHash('sha256').update(context).digest('hex').slice(0, 12)
  return `${context.slice(0, MAX_CONTEXT_LENGTH - digest.length - 1)}-${digest}`
}
