/** Why GitLab's API did not do what was asked, in the kinds that differ in what to do about them. */
export type ApiFailureKind =
  | 'unauthorized'
  | 'forbidden'
  | 'missing'
  | 'rate-limited'
  | 'server'
  | 'network'
  | 'slow'
  | 'unexpected'

/** A request that came to nothing; `message` says what was asked and what came back, without the token. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure'
  readonly kind: ApiFailureKind

  constructor(kind: ApiFailureKind, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.kind = kind
  }
}

/** The kind of a status that is no success. */
export function kindOfStatus(status: number): ApiFailureKind {
  if (status === 401) return 'unauthorized'
  if (status === 403) return 'forbidden'
  if (status === 404) return 'missing'
  if (status === 429) return 'rate-limited'
  return status >= 500 ? 'server' : 'unexpected'
}

const REMEDIES: Record<ApiFailureKind, string> = {
  unauthorized: 'OZ_GITLAB_TOKEN is wrong, revoked or expired: store a new one',
  forbidden: 'OZ_GITLAB_TOKEN needs the scope api, and its role in the project must allow this',
  missing: 'OZ_GITLAB_TOKEN must belong to a member of the project, or GitLab hides it',
  'rate-limited': 'GitLab limits the rate of requests; the next run tries again',
  server: 'GitLab has a problem of its own; the next run tries again',
  network: 'the runner does not reach the API: check its network and proxy',
  slow: 'GitLab did not answer in time; the next run tries again',
  unexpected: 'this is not what the documentation of the API says',
}

/** What to do about it, in one sentence. */
export function remedyOf({ kind }: ApiFailure): string {
  return `${REMEDIES[kind].replace(/^./, (first) => first.toUpperCase())}.`
}

/** For the log: what happened, and what to do. */
export function explain(failure: ApiFailure): string {
  return `${failure.message}. ${remedyOf(failure)}`
}
