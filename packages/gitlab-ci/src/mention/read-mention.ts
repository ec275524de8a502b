import { type Environment, type Files, messageOf, printableLine, RunnerError } from '@oz-agent/core'
import * as z from 'zod'
import { ApiFailure, explain } from '../api/api-failure.ts'
import type { GitlabApi } from '../api/gitlab-api.ts'
import { hasRole, readAccount } from '../api/members.ts'
import type { MinimumRole } from '../generator/own-inputs.ts'
import { type Comment, callsAgent, readPayload } from './payload.ts'

/** What a comment asks of the agent. */
export type Mention =
  | { readonly kind: 'answer'; readonly comment: Comment; readonly prompt: string }
  /** Nothing to do, by design; `why` is one line. */
  | { readonly kind: 'ignore'; readonly why: string }

export interface MentionOrder {
  readonly env: Environment
  readonly files: Pick<Files, 'readText'>
  /** undefined where there is no token to ask with. */
  readonly api: GitlabApi | undefined
  readonly projectId: string
  readonly word: string
  readonly minimumRole: MinimumRole
}

const note = z.looseObject({ body: z.string(), author: z.looseObject({ id: z.int() }) })
const user = z.looseObject({ id: z.int() })
const anything = z.looseObject({})

/**
 * Decides whether a comment calls the agent. The cheap tests come first. Whoever holds the trigger's token could
 * send any payload, so the comment and its author are read again from GitLab before they are trusted.
 * Rejects with `not-permitted` without a token that may ask, `temporary` when GitLab does not answer.
 */
export async function readMention(order: MentionOrder): Promise<Mention> {
  const ignore = (why: string): Mention => ({ kind: 'ignore', why })
  const path = order.env.TRIGGER_PAYLOAD
  if (path === undefined || path === '') return ignore('the pipeline was not started by a comment')
  const reading = readPayload(await readFile(order.files, path))
  if (reading.kind === 'other') return ignore(reading.why)
  const { comment } = reading
  if (!callsAgent(reading.text, order.word)) return ignore(`the comment does not hold ${order.word}`)
  if (comment.projectId !== order.projectId) return ignore('the comment belongs to another project')
  if (order.api === undefined) {
    throw new RunnerError(
      'not-permitted',
      'the role of the comment’s author cannot be checked: there is no OZ_GITLAB_TOKEN',
      {
        remedy: 'Store a project access token with scope api as the masked CI/CD variable OZ_GITLAB_TOKEN.',
      },
    )
  }
  try {
    return await judge(order, order.api, comment)
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error
    const code = ['unauthorized', 'forbidden', 'missing'].includes(error.kind) ? 'not-permitted' : 'temporary'
    throw new RunnerError(code, `the author of the comment could not be checked: ${explain(error)}`, {
      cause: error,
    })
  }
}

async function judge(order: MentionOrder, api: GitlabApi, comment: Comment): Promise<Mention> {
  const ignore = (why: string): Mention => ({ kind: 'ignore', why })
  const { projectId } = comment
  const data = await readNote(api, comment)
  if (data === undefined) return ignore('the comment is no longer there')
  if (data.author.id !== comment.authorId) return ignore('the payload names another author than GitLab does')
  if (!callsAgent(data.body, order.word)) return ignore(`the comment no longer holds ${order.word}`)
  const me = (await api.request({ method: 'GET', path: '/user' }, user)).data.id
  if (me === comment.authorId) return ignore('the comment is our own')
  const account = await readAccount(api, comment.authorId)
  if (account.isBot) return ignore(`the comment was written by a bot (${account.username})`)
  if (!(await hasRole(api, projectId, comment.authorId, order.minimumRole))) {
    return ignore(`${account.username} does not have the role ${order.minimumRole} in this project`)
  }
  return { kind: 'answer', comment, prompt: promptOf(comment, account.username, data.body) }
}

/** The comment as GitLab holds it; undefined when it is gone, though what it stood on can be seen. */
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
