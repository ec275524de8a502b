import { type Clock, type Environment, type Http, HttpError, type HttpResponse } from '@oz-agent/core'
import type * as z from 'zod'
import { ApiFailure, kindOfStatus } from './api-failure.ts'

export interface ApiOptions {
  readonly http: Http
  readonly clock: Clock
  /** For proxies and certificates. */
  readonly env: Environment
  /** `CI_API_V4_URL`. */
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

/** GitLab's REST API as far as a job needs it. https://docs.gitlab.com/api/rest/ */
export interface GitlabApi {
  /** Rejects with `ApiFailure`. */
  request<T>(request: ApiRequest, schema: z.ZodType<T>): Promise<ApiAnswer<T>>
}

const ATTEMPTS = 3
const FIRST_PAUSE = 500
const LARGEST_ANSWER = 8_000_000

/**
 * Asks up to three times where that can help: after 429 and, for requests that may be repeated, after 5xx and broken
 * connections; as long as `Retry-After` says, within the budget.
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
          const pause = error instanceof Refusal ? error.pauseBefore(attempt + 1, request) : undefined
          const left = end - clock.elapsed()
          if (pause === undefined || attempt === ATTEMPTS || pause >= left) throw failureOf(error, attempt)
          await clock.sleep(pause)
        }
      }
    },
  }
}

/** A failure with what decides whether to ask again. */
class Refusal extends ApiFailure {
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
  if (!(error instanceof Refusal) || attempts === 1) return error
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
    const text = await readText(response)
    if (response.status < 200 || response.status > 299) {
      const kind = kindOfStatus(response.status)
      throw new Refusal(kind, `GitLab answered ${response.status} to ${what}`, retryAfter(response))
    }
    return { data: schema.parse(JSON.parse(text)), headers: response.headers }
  } catch (error) {
    if (error instanceof Refusal) throw error
    if (timeLimit.signal.aborted || (error instanceof HttpError && error.failure === 'stall')) {
      throw new Refusal('slow', `GitLab did not answer ${what} in time`, undefined, error)
    }
    if (error instanceof HttpError)
      throw new Refusal('network', `${what}: ${error.message}`, undefined, error)
    throw new Refusal('unexpected', `GitLab's answer to ${what} could not be read`, undefined, error)
  } finally {
    forget()
  }
}

async function readText({ body }: HttpResponse): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > LARGEST_ANSWER) throw new Error('the answer is larger than any that GitLab gives')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Seconds or a date; https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
function retryAfter({ headers }: HttpResponse): number | undefined {
  const value = headers['retry-after']?.trim() ?? ''
  return /^\d{1,6}$/.test(value) ? Number(value) * 1000 : undefined
}
