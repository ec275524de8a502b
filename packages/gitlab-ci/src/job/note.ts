import {
  type Environment,
  type Milliseconds,
  markdownLink,
  type Ports,
  plainMarkdown,
  type Result,
} from '@oz-agent/core'
import { ApiFailure, createGitlabApi, explain } from '../api/client.ts'
import { type NotePlace, upsertNote } from '../api/notes.ts'

export interface NoteContent {
  readonly place: NotePlace
  /** Tells our notes on one merge request apart: the job, and the comment that it answers if any. */
  readonly topic: string
  readonly jobName: string
  readonly jobUrl: string | undefined
  readonly result: Result
  /** Markdown that is safe to show; undefined when no summary is wanted. */
  readonly summary: string | undefined
}

/** The first line of a note, by which it is found again. Readers do not see it; no job's name can end the comment. */
export function noteMarker(topic: string): string {
  return `<!-- oz-agent ${encodeURIComponent(topic).replaceAll('--', '%2D%2D')} -->`
}

/** The note's text. Every line of the agent's is quoted, so that GitLab runs none as a quick action. */
export function noteText({ jobName, jobUrl, result, summary }: NoteContent): string {
  const job = `Job ${markdownLink(jobName, jobUrl)}`
  const short = `### Oz agent: ${result.outcome}\n\n${plainMarkdown(result.reason)}\n`
  return `${job}\n\n${summary ?? short}`
}

/** Posting may take this long: with a 429, GitLab often asks to wait for a minute. */
const TIME: Milliseconds = 150_000
/** A cancelled job is about to be killed. */
const CANCELLED_TIME: Milliseconds = 1_200
/** What the job needs after the note: it prints one line. */
const AFTER_NOTE: Milliseconds = 5_000

/**
 * How long posting the note may take.
 * @param left until GitLab ends the script; undefined when that is not known.
 */
export function noteTime(outcome: Result['outcome'], left: Milliseconds | undefined): Milliseconds {
  if (outcome === 'cancelled') return CANCELLED_TIME
  return Math.max(CANCELLED_TIME, Math.min(TIME, (left ?? TIME + AFTER_NOTE) - AFTER_NOTE))
}

export interface NoteEnvironment {
  readonly env: Environment
  readonly apiUrl: string | undefined
  /** Until GitLab ends the script; undefined when that is not known. */
  readonly timeLeft: Milliseconds | undefined
  readonly ports: Pick<Ports, 'http' | 'clock'>
}

/** Writes or updates the note, or says in one sentence why not. Never rejects: a missing note fails no job. */
export async function keepNote(
  content: NoteContent,
  { env, apiUrl, timeLeft, ports }: NoteEnvironment,
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
  const budget = noteTime(content.result.outcome, timeLeft)
  const api = createGitlabApi({ ...ports, env, baseUrl: apiUrl, token, budget })
  try {
    const done = await upsertNote(api, content.place, noteMarker(content.topic), noteText(content))
    const where =
      content.place.kind === 'issues' ? `issue #${content.place.iid}` : `merge request !${content.place.iid}`
    return { kind: 'kept', message: `The note on ${where} was ${done}.` }
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error
    return failed(`No note was written: ${explain(error)}`)
  }
}
