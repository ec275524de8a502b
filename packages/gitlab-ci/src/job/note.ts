import type { Environment } from '@oz-agent/core'
import {
  type LogPainter,
  markdownLink,
  type Ports,
  plainMarkdown,
  type Result,
  type TextSink,
} from '@oz-agent/core'
import { ApiFailure, explain } from '../api/api-failure.ts'
import { createGitlabApi } from '../api/gitlab-api.ts'
import { type NotePlace, upsertNote } from '../api/notes.ts'

export interface NoteOrder {
  readonly place: NotePlace
  /** Which of our notes there it is: the job, and the comment that it answers if any. */
  readonly topic: string
  readonly jobName: string
  readonly jobUrl: string | undefined
  readonly result: Result
  /** Markdown that is safe to show; undefined when no summary is wanted. */
  readonly summary: string | undefined
}

/** How a note names itself; unseen by readers. Encoded, so that no job's name can end the comment. */
export function noteMarker(topic: string): string {
  return `<!-- oz-agent ${encodeURIComponent(topic).replaceAll('--', '%2D%2D')} -->`
}

/** The note's text. Every line of the agent's stands in a quote, so none can be a quick action of GitLab's. */
export function noteText({ jobName, jobUrl, result, summary }: NoteOrder): string {
  const job = `Job ${markdownLink(jobName, jobUrl)}`
  const short = `### Oz agent: ${result.outcome}\n\n${plainMarkdown(result.reason)}\n`
  return `${job}\n\n${summary ?? short}`
}

/** How long posting may take: nobody waits for it at the end of a job, but a cancelled job is about to be killed. */
const TIME = 30_000
const HURRIED_TIME = 1_200

export interface NoteEnvironment {
  readonly env: Environment
  readonly apiUrl: string | undefined
  readonly ports: Pick<Ports, 'http' | 'clock'>
}

/** Keeps the note, or says in one sentence why it is not there. Never rejects: a job is not red for want of a note. */
export async function keepNote(
  order: NoteOrder,
  { env, apiUrl, ports }: NoteEnvironment,
): Promise<{ readonly kind: 'kept' | 'failed'; readonly message: string }> {
  const failed = (message: string) => ({ kind: 'failed' as const, message })
  const token = env.OZ_GITLAB_TOKEN?.trim()
  if (apiUrl === undefined) return failed('No note was written: CI_API_V4_URL is not set.')
  if (!token) {
    return failed(
      'No note was written: there is no OZ_GITLAB_TOKEN, and the job token may only read notes. ' +
        'Store a project access token with scope api as the masked CI/CD variable OZ_GITLAB_TOKEN, or set the input note to false.',
    )
  }
  const budget = order.result.outcome === 'cancelled' ? HURRIED_TIME : TIME
  const api = createGitlabApi({ ...ports, env, baseUrl: apiUrl, token, budget })
  try {
    const done = await upsertNote(api, order.place, noteMarker(order.topic), noteText(order))
    const where =
      order.place.kind === 'issues' ? `issue #${order.place.iid}` : `merge request !${order.place.iid}`
    return { kind: 'kept', message: `The note on ${where} was ${done}.` }
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error
    return failed(`No note was written: ${explain(error)}`)
  }
}

/** Says something after the step's own log has ended. */
export function say(painter: LogPainter, log: TextSink, level: 'info' | 'warning', text: string) {
  return log.write(painter.paint({ kind: 'note', level, text }))
}
