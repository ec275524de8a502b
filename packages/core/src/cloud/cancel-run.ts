import type { Milliseconds } from '../contract/duration.ts'
import { messageOf } from '../errors.ts'
import type { Environment, Ports } from '../ports.ts'

/** The CLI's own default; `WARP_SERVER_ROOT_URL` replaces it, as it does for the CLI. */
const SERVER = 'https://app.warp.dev'
const PENDING_WAIT: Milliseconds = 500
const PENDING_TRIES = 3

export type CancelEnd = { readonly cancelled: true } | { readonly cancelled: false; readonly why: string }

interface CancelRequest {
  readonly runId: string
  readonly key: string
  readonly env: Environment
  /** For all tries together, in ms. */
  readonly timeout: Milliseconds
}

/**
 * Asks Warp to cancel a cloud run. Never rejects: the job that asks is ending already.
 * Source: https://docs.warp.dev/reference/api-and-sdk
 */
export async function cancelCloudRun(
  request: CancelRequest,
  { http, clock }: Pick<Ports, 'http' | 'clock'>,
): Promise<CancelEnd> {
  const base = (request.env.WARP_SERVER_ROOT_URL || SERVER).replace(/\/+$/, '')
  const url = `${base}/api/v1/agent/runs/${encodeURIComponent(request.runId)}/cancel`
  const limit = new AbortController()
  const forget = clock.after(request.timeout, () => limit.abort())
  try {
    for (let attempt = 1; ; attempt++) {
      const headers = { authorization: `Bearer ${request.key}` }
      const { status } = await http.request({
        method: 'POST',
        url,
        headers,
        env: request.env,
        signal: limit.signal,
      })
      if (status >= 200 && status < 300) return { cancelled: true }
      if (status !== 409 || attempt === PENDING_TRIES) return { cancelled: false, why: whyNot(status) }
      await clock.sleep(PENDING_WAIT, limit.signal)
    }
  } catch (error) {
    return { cancelled: false, why: limit.signal.aborted ? 'Warp did not answer in time' : messageOf(error) }
  } finally {
    forget()
  }
}

function whyNot(status: number): string {
  switch (status) {
    case 400:
      return 'it is over already'
    case 409:
      return 'it is still pending and cannot be cancelled yet'
    case 422:
      return 'runs of this kind cannot be cancelled'
    case 401:
    case 403:
      return `the key may not cancel it (HTTP ${status})`
    default:
      return `Warp answered HTTP ${status}`
  }
}
