import {
  type Clock,
  type Environment,
  type Http,
  HttpError,
  type HttpResponse,
  type Milliseconds,
  printableLine,
} from '@oz-agent/core'
import * as z from 'zod'

/** Why GitLab's API did not do what was asked; each kind has a remedy of its own. */
export type ApiFailureKind =
  | 'unauthorized'
  | 'forbidden'
  | 'missing'
  | 'rate-limited'
  | 'server'
  | 'network'
  | 'too-large'
  | 'refused'
  | 'slow'
  | 'unexpected'

/** A request that failed; `message` says what was asked and what came back, without the token. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure'
  readonly kind: ApiFailureKind

  constructor(kind: ApiFailureKind, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.kind = kind
  }
}

function kindOfStatus(status: number): ApiFailureKind {
  if (status === 401) return 'unauthorized'
  if (status === 403) return 'forbidden'
  if (status === 404) return 'missing'
  if (status === 429) return 'rate-limited'
  if (status === 400 || status === 413 || status === 422) return 'refused'
  return status >= 500 ? 'server' : 'unexpected'
}

const REMEDIES: Record<ApiFailureKind, string> = {
  unauthorized: 'OZ_GITLAB_TOKEN is wrong, revoked or expired: store a new one.',
  forbidden: 'OZ_GITLAB_TOKEN needs the scope api, and its role in the project must allow this.',
  missing: 'OZ_GITLAB_TOKEN must belong to a member of the project, or GitLab hides it.',
  'rate-limited': 'GitLab limits the rate of requests; the next run tries again.',
  server: 'GitLab has a problem of its own; the next run tries again.',
  network: 'The runner does not reach the API: check its network and proxy.',
  slow: 'GitLab did not answer in time; the next run tries again.',
  'too-large': 'Less must be asked for at once.',
  refused: 'GitLab does not accept this request.',
  unexpected: 'This is not what the documentation of the API says.',
}

/** What to do about it, in one sentence. */
export function remedyOf({ kind }: ApiFailure): string {
  return REMEDIES[kind]
}

/** For the log: what happened, and what to do. */
export function explain(failure: ApiFailure): string {
  return `${failure.message}. ${remedyOf(failure)}`
}

export interface ApiOptions {
  readonly http: Http
  readonly clock: Clock
  /** Names the proxies and certificates. */
  readonly env: Environment
  /** The value of `CI_API_V4_URL`. */
  readonly baseUrl: string
  readonly token: string
  /** Milliseconds that all requests together may take. */
  readonly budget: number
}

export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT'
  /** From the API's root, each part already encoded. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly body?: object
}

export interface ApiAnswer<T> {
  readonly data: T
  readonly headers: Readonly<Record<string, string>>
}

/** The part of GitLab's REST API that a job needs. https://docs.gitlab.com/api/rest/ */
export interface GitlabApi {
  /** Sends a request and checks the answer against the schema. Rejects with `ApiFailure`. */
  request<T>(request: ApiRequest, schema: z.ZodType<T>): Promise<ApiAnswer<T>>
}

const ATTEMPTS = 3
const FIRST_PAUSE = 500
const LARGEST_ANSWER = 8_000_000

/**
 * A client that tries up to three times: after 429 and, for requests that are safe to repeat, after 5xx and broken
 * connections. It waits as long as `Retry-After` says, within the budget.
 */
export function createGitlabApi(options: ApiOptions): GitlabApi {
  const { clock } = options
  const end = clock.elapsed() + options.budget
  return {
    async request(request, schema) {
      for (let attempt = 1; ; attempt++) {
        try {
          return await ask(request, schema, options, end - clock.elapsed())
        } catch (error) {
          const pause = error instanceof FailedAttempt ? error.pauseBefore(attempt + 1, request) : undefined
          const left = end - clock.elapsed()
          if (pause === undefined || attempt === ATTEMPTS || pause >= left) throw failureOf(error, attempt)
          await clock.sleep(pause)
        }
      }
    },
  }
}

/** One failed attempt, with what decides whether there is another. */
class FailedAttempt extends ApiFailure {
  readonly retryAfter: number | undefined

  constructor(kind: ApiFailure['kind'], message: string, retryAfter?: number, cause?: unknown) {
    super(kind, message, cause)
    this.retryAfter = retryAfter
  }

  /** Milliseconds to wait before the next attempt; undefined when there must be none. */
  pauseBefore(attempt: number, { method }: ApiRequest): number | undefined {
    const wasNotDone = this.kind === 'rate-limited'
    const mayRepeat = method !== 'POST' && (this.kind === 'server' || this.kind === 'network')
    if (!wasNotDone && !mayRepeat) return undefined
    return this.retryAfter ?? FIRST_PAUSE * 2 ** (attempt - 2)
  }
}

function failureOf(error: unknown, attempts: number): unknown {
  if (!(error instanceof FailedAttempt) || attempts === 1) return error
  return new ApiFailure(error.kind, `${error.message} (asked ${attempts} times)`, error.cause)
}

async function ask<T>(
  request: ApiRequest,
  schema: z.ZodType<T>,
  options: ApiOptions,
  budget: number,
): Promise<ApiAnswer<T>> {
  const { method, path, query, body } = request
  const what = `${method} ${path}`
  const search = query === undefined ? '' : `?${new URLSearchParams(query)}`
  const timeLimit = new AbortController()
  const forget = options.clock.after(Math.max(1, budget), () => timeLimit.abort())
  try {
    const response = await options.http.request({
      method,
      url: `${options.baseUrl.replace(/\/+$/, '')}${path}${search}`,
      headers: {
        accept: 'application/json',
        'private-token': options.token,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      env: options.env,
      signal: timeLimit.signal,
    })
    const text = await readText(response, what)
    if (response.status < 200 || response.status > 299) {
      const kind = kindOfStatus(response.status)
      const reason = kind === 'refused' ? reasonOf(text) : ''
      const message = `GitLab answered ${response.status} to ${what}${reason}`
      throw new FailedAttempt(kind, message, retryAfter(response, options.clock))
    }
    return { data: schema.parse(JSON.parse(text)), headers: response.headers }
  } catch (error) {
    if (error instanceof FailedAttempt) throw error
    if (timeLimit.signal.aborted || (error instanceof HttpError && error.failure === 'stall')) {
      throw new FailedAttempt('slow', `GitLab did not answer ${what} in time`, undefined, error)
    }
    if (error instanceof HttpError)
      throw new FailedAttempt('network', `${what}: ${error.message}`, undefined, error)
    throw new FailedAttempt('unexpected', `GitLab's answer to ${what} could not be read`, undefined, error)
  } finally {
    forget()
  }
}

async function readText({ body }: HttpResponse, what: string): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > LARGEST_ANSWER) throw new FailedAttempt('too-large', `GitLab's answer to ${what} is too large`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Seconds or a date; https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
function retryAfter({ headers }: HttpResponse, clock: Clock): Milliseconds | undefined {
  const value = headers['retry-after']?.trim() ?? ''
  if (/^\d{1,6}$/.test(value)) return Number(value) * 1000
  const date = Date.parse(value)
  return Number.isNaN(date) ? undefined : Math.max(0, date - clock.now())
}

/** Why GitLab refused a request: https://docs.gitlab.com/api/rest/troubleshooting/ */
const refusal = z.object({
  message: z.union([z.string(), z.record(z.string(), z.array(z.string()))]).optional(),
  error: z.string().optional(),
})

/** GitLab's own reason, such as `: note is too long`; empty when there is none. */
function reasonOf(text: string): string {
  try {
    const { message, error } = refusal.parse(JSON.parse(text))
    const fields = typeof message === 'object' ? Object.entries(message) : []
    const listed = fields.map(([field, problems]) => `${field} ${problems.join(', ')}`).join('; ')
    const reason = typeof message === 'string' ? message : listed || error || ''
    return reason === '' ? '' : `: ${printableLine(reason, 300)}`
  } catch {
    return ''
  }
}
