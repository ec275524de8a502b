import * as z from 'zod'
import type { GitlabApi } from './client.ts'

/** The merge request or issue that a note is on. https://docs.gitlab.com/api/notes/ */
export interface NotePlace {
  readonly projectId: string
  readonly kind: 'merge_requests' | 'issues'
  readonly iid: string
}

const note = z.looseObject({
  id: z.int(),
  body: z.string(),
  system: z.boolean().optional(),
  author: z.looseObject({ id: z.int() }),
})
const user = z.looseObject({ id: z.int() })

/** GitLab takes no more notes on one merge request than this, in pages of 100. */
const MAX_PAGES = 50

/**
 * Keeps one note that begins with the marker: updates our own if it is there, else writes it.
 * Notes of others are never touched, whatever they begin with. Rejects with `ApiFailure`.
 */
export async function upsertNote(
  api: GitlabApi,
  place: NotePlace,
  marker: string,
  text: string,
): Promise<'created' | 'updated'> {
  const path = `/projects/${encodeURIComponent(place.projectId)}/${place.kind}/${encodeURIComponent(place.iid)}/notes`
  const body = { body: `${marker}\n${text}` }
  const existing = await findOwnNote(api, path, marker)
  if (existing === undefined) {
    await api.request({ method: 'POST', path, body }, note)
    return 'created'
  }
  await api.request({ method: 'PUT', path: `${path}/${existing}`, body }, note)
  return 'updated'
}

async function findOwnNote(api: GitlabApi, path: string, marker: string): Promise<number | undefined> {
  const me = (await api.request({ method: 'GET', path: '/user' }, user)).data.id
  let page = '1'
  for (let count = 0; count < MAX_PAGES && page !== ''; count++) {
    const query = { order_by: 'created_at', sort: 'asc', per_page: '100', page }
    const { data, headers } = await api.request({ method: 'GET', path, query }, z.array(note))
    const own = data.find((one) => one.body.startsWith(marker) && one.author.id === me && one.system !== true)
    if (own !== undefined) return own.id
    page = headers['x-next-page']?.trim() ?? ''
  }
  return undefined
}
