import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

type Send = (status: number, data: unknown, headers?: Record<string, string>) => unknown

/** How the stand-in API misbehaves. */
export type Trouble =
  /** Answers every request so; `times` limits it to the first ones. */
  | {
      readonly kind: 'status'
      readonly status: number
      readonly times?: number
      readonly retryAfter?: string
    }
  /** Takes requests and never answers. */
  | { readonly kind: 'silence' }
  /** Refuses to store a note, and says why in GitLab's words. */
  | { readonly kind: 'refusal'; readonly message: unknown }

export interface StoredNote {
  readonly id: number
  body: string
  readonly author: { readonly id: number; readonly username: string }
  readonly system: boolean
}

export const TOKEN = 'glpat-test-token-0001'
const ME = { id: 7, username: 'project_42_bot_0123' }
const OTHER = { id: 3, username: 'somebody' }

/**
 * The part of GitLab's API that a job uses, on loopback. It knows one project, and refuses what GitLab would:
 * other methods and paths, a wrong token, a body that is not what the documentation says.
 */
export class GitlabServer {
  readonly notes: StoredNote[] = []
  /** `METHOD path`, in order. */
  readonly requests: string[] = []
  /** What was refused and should not have been asked. */
  readonly complaints: string[] = []
  /** Access levels of users by id. */
  readonly members = new Map<number, number>()
  trouble: Trouble | undefined
  /** How the list of notes names its next page: GitLab leaves `x-next-page` out of very long lists. */
  paging: 'x-next-page' | 'link' = 'x-next-page'
  readonly #server: Server
  #troubled = 0

  private constructor() {
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch((error) => {
        this.complaints.push(String(error))
        response.writeHead(500).end()
      })
    })
  }

  static async start(): Promise<GitlabServer> {
    const server = new GitlabServer()
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve))
    return server
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/api/v4`
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  /** Puts a note there as if somebody had written it. */
  addNote(body: string, by: 'me' | 'other' = 'other'): StoredNote {
    const note = { id: this.notes.length + 1, body, author: by === 'me' ? ME : OTHER, system: false }
    this.notes.push(note)
    return note
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
    const url = new URL(request.url ?? '/', this.url)
    const path = url.pathname.replace(/^\/api\/v4/, '')
    this.requests.push(`${request.method} ${path}`)
    const body = await readBody(request)
    const send: Send = (status, data, headers = {}) =>
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(data))
    if (this.trouble?.kind === 'silence') return undefined
    if (
      this.trouble?.kind === 'status' &&
      this.#troubled++ < (this.trouble.times ?? Number.POSITIVE_INFINITY)
    ) {
      const { status, retryAfter } = this.trouble
      return send(
        status,
        { message: 'trouble' },
        retryAfter === undefined ? {} : { 'retry-after': retryAfter },
      )
    }
    if (request.headers['private-token'] !== TOKEN) return send(401, { message: '401 Unauthorized' })
    return this.#route(request, path, url, body, send)
  }

  #route(request: IncomingMessage, path: string, url: URL, body: string, send: Send): unknown {
    const notes = /^\/projects\/1217\/(?:merge_requests|issues)\/5\/notes(?:\/(\d+))?$/.exec(path)
    const id = notes?.[1]
    const member = /^\/projects\/1217\/members\/all\/(\d+)$/.exec(path)?.[1]
    const user = /^\/users\/(\d+)$/.exec(path)?.[1]
    const key = `${request.method} ${notes ? (id === undefined ? 'notes' : 'note') : path}`
    if (key === 'GET /user') return send(200, ME)
    if (request.method === 'GET' && user !== undefined) {
      return send(200, { id: Number(user), username: Number(user) === ME.id ? ME.username : `user-${user}` })
    }
    if (request.method === 'GET' && member !== undefined) {
      const level = this.members.get(Number(member))
      return level === undefined ? send(404, {}) : send(200, { access_level: level, state: 'active' })
    }
    if (key === 'GET notes') return this.#listNotes(url, send)
    if (key === 'GET note') {
      const found = this.notes.find((note) => note.id === Number(id))
      return found === undefined ? send(404, {}) : send(200, found)
    }
    if (key !== 'POST notes' && key !== 'PUT note') {
      this.complaints.push(`not asked for in the documentation: ${request.method} ${path}`)
      return send(404, { message: '404 Not Found' })
    }
    const text = this.#readNote(request, body)
    if (this.trouble?.kind === 'refusal') return send(400, { message: this.trouble.message })
    if (text === undefined) return send(400, { message: 'body is missing' })
    if (key === 'POST notes') return send(201, this.addNote(text, 'me'))
    const note = this.notes.find((one) => one.id === Number(id))
    if (note === undefined) return send(404, {})
    if (note.author.id !== ME.id) return send(403, { message: '403 Forbidden' })
    note.body = text
    return send(200, note)
  }

  #listNotes(url: URL, send: Send): unknown {
    const page = Number(url.searchParams.get('page') ?? '1')
    const size = Number(url.searchParams.get('per_page') ?? '20')
    const sorted = url.searchParams.get('sort') === 'asc' ? this.notes : this.notes.toReversed()
    const part = sorted.slice((page - 1) * size, page * size)
    const hasNext = page * size < this.notes.length
    if (this.paging === 'x-next-page') {
      return send(200, part, { 'x-next-page': hasNext ? String(page + 1) : '' })
    }
    const next = new URL(url)
    next.searchParams.set('page', String(page + 1))
    const first = `<${url}>; rel="first"`
    return send(200, part, { link: hasNext ? `<${next}>; rel="next", ${first}` : first })
  }

  #readNote(request: IncomingMessage, body: string): string | undefined {
    const type = request.headers['content-type'] ?? ''
    if (!type.startsWith('application/json')) this.complaints.push(`content-type ${type}`)
    const data = JSON.parse(body) as Record<string, unknown>
    if (Object.keys(data).join() !== 'body' || typeof data.body !== 'string' || data.body === '') {
      this.complaints.push(`body ${body.slice(0, 200)}`)
      return undefined
    }
    return data.body
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
