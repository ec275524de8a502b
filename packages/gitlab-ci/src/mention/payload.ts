import * as z from 'zod'

/** A comment as the webhook tells of it. https://docs.gitlab.com/user/project/integrations/webhook_events/#comment-events */
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

/** What the webhook brought: a new comment, or why it is none of ours. */
export type PayloadReading =
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

/** Whether a text holds the calling word as a word of its own; text in code and quotes does not count. */
export function callsAgent(text: string, word: string): boolean {
  const spoken = text
    .replaceAll(/```[\s\S]*?(```|$)/g, ' ')
    .replaceAll(/`[^`\n]*`/g, ' ')
    .replaceAll(/^\s*>.*$/gm, ' ')
    .replaceAll(/<!--[\s\S]*?(-->|$)/g, ' ')
  const escaped = word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(^|[\\s(,;:])${escaped}(?![\\w-])`, 'i').test(spoken)
}
