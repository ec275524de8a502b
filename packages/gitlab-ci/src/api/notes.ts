import * as z from 'zod'
import { ApiFailure, type GitlabApi } from './client.ts'

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

/** The most notes that GitLab gives at once, and the smaller pages that are tried when these are too large. */
const LARGEST_PAGE = 100
const PAGE_SIZES = [LARGEST_PAGE, 20, 5, 1]

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

/**
 * The id of our note, or undefined. The newest come first, as an earlier run updated it not long ago; the whole list
 * is read if need be, within the time of the API client. A page that is too large is read in smaller parts.
 */
async function findOwnNote(api: GitlabApi, path: string, marker: string): Promise<number | undefined> {
  const me = (await api.request({ method: 'GET', path: '/user' }, user)).data.id
  let offset = 0
  let largest = LARGEST_PAGE
  for (;;) {
    const size = PAGE_SIZES.find((one) => one <= largest && offset % one === 0) ?? 1
    const page = await readPage(api, path, offset / size + 1, size)
    if (page === undefined) {
      largest = size - 1
      continue
    }
    const own = page.notes.find((one) => one.body.startsWith(marker) && one.author.id === me && !one.system)
    if (own !== undefined || !page.hasNext) return own?.id
    offset += size
    if (offset % LARGEST_PAGE === 0) largest = LARGEST_PAGE
  }
}

/** undefined when the page is too large to read and a smaller one can be asked for. */
async function readPage(api: GitlabApi, path: string, page: number, size: number) {
  const query = { order_by: 'updated_at', sort: 'desc', per_page: String(size), page: String(page) }
  try {
    const { data, headers } = await api.request({ method: 'GET', path, query }, z.array(note))
    return { notes: data, hasNext: hasNextPage(headers) }
  } catch (error) {
    if (error instanceof ApiFailure && error.kind === 'too-large' && size > 1) return undefined
    throw error
  }
}

/** GitLab names the next page in one header or both: https://docs.gitlab.com/api/rest/#pagination */
function hasNextPage(headers: Readonly<Record<string, string>>): boolean {
  const next = headers['x-next-page']?.trim() ?? ''
  return next !== '' || /;\s*rel="?next"?/.test(headers.link ?? '')
}
