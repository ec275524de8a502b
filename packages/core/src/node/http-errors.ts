import { HttpError, type HttpFailure } from '../http/http.ts'

const CONNECT = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'EADDRNOTAVAIL',
  'ENETDOWN',
])
const RESET = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED'])
const NAME = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA'])
/** Node's names of OpenSSL's verification results: https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const TLS =
  /^(ERR_SSL|ERR_TLS|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|INVALID_|CRL_|HOSTNAME_MISMATCH|EPROTO)/

/** The stage at which a request failed, from the system's or Node's error code. */
function failureOf(code: string): HttpFailure {
  if (NAME.has(code)) return 'name'
  if (CONNECT.has(code)) return 'connect'
  if (RESET.has(code)) return 'reset'
  if (TLS.test(code)) return 'tls'
  return code.startsWith('HPE_') ? 'protocol' : 'reset'
}

/** Turns whatever a request threw into an `HttpError` whose sentence names the other end. */
export function toHttpError(thrown: unknown, peer: string): HttpError {
  if (thrown instanceof HttpError) return thrown
  // Several addresses of one name that all failed come as one error without a text of its own.
  const error = thrown instanceof AggregateError ? (thrown.errors[0] ?? thrown) : thrown
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
  const failure = failureOf(code)
  return new HttpError(failure, sentence(failure, peer, code, error), { cause: thrown })
}

function sentence(failure: HttpFailure, peer: string, code: string, error: unknown): string {
  const detail = error instanceof Error ? error.message : String(error)
  switch (failure) {
    case 'name':
      return `The name of ${peer} has no address (${code}).`
    case 'connect':
      return `${peer} takes no connection (${code}).`
    case 'tls':
      return `${peer} has no certificate that is trusted here, or speaks another TLS (${code}: ${detail}).`
    case 'protocol':
      return `${peer} did not answer in HTTP (${code}).`
    default:
      return `The connection to ${peer} broke off (${code || detail}).`
  }
}

/** How far a request has come on its way to a connection. Behind a proxy, `proxy` lasts until the proxy lets us through. */
export type Stage = 'name' | 'connect' | 'tls' | 'proxy'

/** The error of a request whose time (ms) for the connection is up, by the stage that it hangs in. */
export function timeoutAt(stage: Stage, peer: string, milliseconds: number): HttpError {
  const within = `within ${milliseconds / 1000} s`
  switch (stage) {
    case 'name':
      return new HttpError(stage, `The name of ${peer} was not looked up ${within}.`)
    case 'proxy':
      return new HttpError(stage, `No connection to ${peer} came about ${within}.`)
    case 'connect':
      return new HttpError(stage, `${peer} took no connection ${within}.`)
    case 'tls':
      return new HttpError(stage, `${peer} took the connection and did not answer in TLS ${within}.`)
  }
}
