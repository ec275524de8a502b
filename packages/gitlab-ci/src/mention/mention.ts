import { type Environment, type Files, messageOf, printableLine, RunnerError } from '@oz-agent/core'
import * as z from 'zod'
import { ApiFailure, explain, type GitlabApi } from '../api/client.ts'
import { hasRole, readAccount } from '../api/members.ts'
import type { MinimumRole } from '../job/inputs.ts'

/** What a comment asks of the agent. */
export type Mention =
  | { readonly kind: 'answer'; readonly comment: Comment; readonly prompt: string }
  /** Nothing to do, by design; `why` is one line. */
  | { readonly kind: 'ignore'; readonly why: string }

/** Where the comment is read from, and who may call the agent. */
export interface MentionRequest {
  readonly env: Environment
  readonly files: Pick<Files, 'readText'>
  /** undefined where there is no token for the API. */
  readonly api: GitlabApi | undefined
  readonly projectId: string
  readonly word: string
  readonly minimumRole: MinimumRole
}

const note = z.looseObject({ body: z.string(), author: z.looseObject({ id: z.int() }) })
const user = z.looseObject({ id: z.int() })
const anything = z.looseObject({})

/**
 * Decides whether a comment calls the agent. Tests that need no request come first. Anyone with the trigger token
 * can send any payload, so the comment and its author are read again from GitLab before they are trusted.
 * Rejects with `not-permitted` without a token that may ask, `temporary` when GitLab does not answer.
 */
export async function readMention(request: MentionRequest): Promise<Mention> {
  const ignore = (why: string): Mention => ({ kind: 'ignore', why })
  const path = request.env.TRIGGER_PAYLOAD
  if (path === undefined || path === '') return ignore('the pipeline was not started by a comment')
  const reading = readPayload(await readFile(request.files, path))
  if (reading.kind === 'other') return ignore(reading.why)
  const { comment } = reading
  if (!callsAgent(reading.text, request.word)) return ignore(`the comment does not hold ${request.word}`)
  if (comment.projectId !== request.projectId) return ignore('the comment belongs to another project')
  if (request.api === undefined) {
    throw new RunnerError(
      'not-permitted',
      'the role of the comment’s author cannot be checked: there is no OZ_GITLAB_TOKEN',
      {
        remedy: 'Store a project access token with scope api as the masked CI/CD variable OZ_GITLAB_TOKEN.',
      },
    )
  }
  try {
    return await judge(request, request.api, comment)
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error
    const code = ['unauthorized', 'forbidden', 'missing'].includes(error.kind) ? 'not-permitted' : 'temporary'
    throw new RunnerError(code, `the author of the comment could not be checked: ${explain(error)}`, {
      cause: error,
    })
  }
}

async function judge(request: MentionRequest, api: GitlabApi, comment: Comment): Promise<Mention> {
  const ignore = (why: string): Mention => ({ kind: 'ignore', why })
  const { projectId } = comment
  const data = await readNote(api, comment)
  if (data === undefined) return ignore('the comment is no longer there')
  if (data.author.id !== comment.authorId) return ignore('the payload names another author than GitLab does')
  if (!callsAgent(data.body, request.word)) return ignore(`the comment no longer holds ${request.word}`)
  const me = (await api.request({ method: 'GET', path: '/user' }, user)).data.id
  if (me === comment.authorId) return ignore('the comment is our own')
  const account = await readAccount(api, comment.authorId)
  if (account.isBot) return ignore(`the comment was written by a bot (${account.username})`)
  if (!(await hasRole(api, projectId, comment.authorId, request.minimumRole))) {
    return ignore(`${account.username} does not have the role ${request.minimumRole} in this project`)
  }
  return { kind: 'answer', comment, prompt: promptOf(comment, account.username, data.body) }
}

/** The comment as GitLab has it; undefined when it was deleted and its merge request or issue can still be read. */
async function readNote(api: GitlabApi, { projectId, place, id }: Comment) {
  const path = `/projects/${projectId}/${place.kind}/${place.iid}`
  try {
    return (await api.request({ method: 'GET', path: `${path}/notes/${id}` }, note)).data
  } catch (error) {
    if (!(error instanceof ApiFailure) || error.kind !== 'missing') throw error
    await api.request({ method: 'GET', path }, anything)
    return undefined
  }
}

function promptOf({ place }: Comment, author: string, text: string): string {
  const what = place.kind === 'issues' ? `issue #${place.iid}` : `merge request !${place.iid}`
  const title = place.title === '' ? '' : ` (${printableLine(place.title)})`
  return `${author} wrote this comment on ${what}${title} and expects an answer:\n\n${text}`
}

async function readFile(files: Pick<Files, 'readText'>, path: string): Promise<string> {
  try {
    return await files.readText(path)
  } catch (cause) {
    throw new RunnerError('unavailable', `TRIGGER_PAYLOAD: ${path} cannot be read: ${messageOf(cause)}`, {
      cause,
    })
  }
}

/** A comment event of a webhook. https://docs.gitlab.com/user/project/integrations/webhook_events/#comment-events */
const payload = z.looseObject({
  object_kind: z.string(),
  project: z.looseObject({ id: z.int() }).optional(),
  project_id: z.int().optional(),
  user: z.looseObject({ id: z.int(), username: z.string() }).optional(),
  object_attributes: z
    .looseObject({
      id: z.int(),
      note: z.string(),
      noteable_type: z.string(),
      author_id: z.int(),
      action: z.string().optional(),
      system: z.boolean().optional(),
    })
    .optional(),
  merge_request: z.looseObject({ iid: z.int(), title: z.string().optional() }).optional(),
  issue: z.looseObject({ iid: z.int(), title: z.string().optional() }).optional(),
})

/** A comment that might call the agent. */
export interface Comment {
  readonly id: number
  readonly projectId: string
  readonly authorId: number
  readonly place: { readonly kind: 'merge_requests' | 'issues'; readonly iid: string; readonly title: string }
}

/** What the webhook sent: a new comment, or why there is nothing to answer. */
type PayloadReading =
  | { readonly kind: 'comment'; readonly comment: Comment; readonly text: string }
  | { readonly kind: 'other'; readonly why: string }

/** Reads the file that a pipeline trigger gets as `TRIGGER_PAYLOAD`. Pure; decides nothing about the author. */
export function readPayload(json: string): PayloadReading {
  const other = (why: string): PayloadReading => ({ kind: 'other', why })
  let data: unknown
  try {
    data = JSON.parse(json)
  } catch {
    return other('the payload of the trigger is no JSON')
  }
  const parsed = payload.safeParse(data)
  if (!parsed.success) return other('the payload of the trigger is no event that GitLab documents')
  const { object_kind, object_attributes: note, merge_request, issue } = parsed.data
  if (object_kind !== 'note' || note === undefined) return other(`the event is no comment (${object_kind})`)
  if (note.system === true) return other('the comment was written by GitLab itself')
  if ((note.action ?? 'create') !== 'create') return other('the comment was edited, not written')
  const on =
    note.noteable_type === 'MergeRequest' ? merge_request : note.noteable_type === 'Issue' ? issue : undefined
  if (on === undefined) return other(`comments on this are not answered (${note.noteable_type})`)
  const projectId = parsed.data.project_id ?? parsed.data.project?.id
  if (projectId === undefined) return other('the payload names no project')
  const kind = note.noteable_type === 'MergeRequest' ? 'merge_requests' : 'issues'
  const place = { kind, iid: String(on.iid), title: on.title ?? '' } as const
  return {
    kind: 'comment',
    comment: { id: note.id, projectId: String(projectId), authorId: note.author_id, place },
    text: note.note,
  }
}

/** Whether a text has the calling word as a separate word; text in code and quotes does not count. */
export function callsAgent(text: string, word: string): boolean {
  const spoken = text
    .replaceAll(/```[\s\S]*?(```|$)/g, ' ')
    .replaceAll(/`[^`\n]*`/g, ' ')
    .replaceAll(/^\s*>.*$/gm, ' ')
    .replaceAll(/<!--[\s\S]*?(-->|$)/g, ' ')
  const escaped = word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(^|[\\s(,;:])${escaped}(?![\\w-])`, 'i').test(spoken)
}
