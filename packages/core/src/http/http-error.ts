/** What kept a request from its answer, by the stage at which it failed. */
export type HttpFailure =
  /** The host's name has no address. */
  | 'name'
  /** Nobody took the connection: refused, unreachable, or no answer in time. */
  | 'connect'
  /** The proxy was reached and would not let us through. */
  | 'proxy'
  /** The certificate or the handshake. */
  | 'tls'
  /** The connection broke before the answer was complete. */
  | 'reset'
  /** No byte came for too long. */
  | 'stall'
  /** Not HTTP, or more headers than anyone sends. */
  | 'protocol'
  /** The caller gave up. */
  | 'aborted'

export interface HttpErrorDetails {
  readonly cause?: unknown
  /** The status that a proxy refused with. */
  readonly status?: number
}

/** A request without a complete answer. `message` is one sentence that names the host or the proxy. */
export class HttpError extends Error {
  override readonly name = 'HttpError'
  readonly failure: HttpFailure
  readonly status: number | undefined

  constructor(failure: HttpFailure, message: string, details: HttpErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.failure = failure
    this.status = details.status
  }
}
