import { formatDuration, formatSeconds, type Milliseconds } from '../contract/duration.ts'
import { messageOf, RunnerError } from '../errors.ts'
import { HttpError, parseUrl, shownUrl } from '../http/http.ts'
import { LONGEST_RETRY_AFTER, readRetryAfter, TransientError } from '../http/retry.ts'
import type { Clock, HttpResponse } from '../ports.ts'
import type { CliContext } from './search.ts'

/** The log is silent for no longer than this while the network is waited for. */
const TOLD_EVERY: Milliseconds = 10_000
/** The same once that has taken a minute: hours of waiting must not fill the log. */
const TOLD_LATER_EVERY: Milliseconds = 60_000

/** Calls back every 10 s, after a minute every 60 s, until the returned function is called. */
export function tellWhileWaiting(clock: Pick<Clock, 'after' | 'elapsed'>, tell: () => void): () => void {
  const began = clock.elapsed()
  let cancel = () => {}
  const wait = (): void => {
    const pause = clock.elapsed() - began < TOLD_LATER_EVERY ? TOLD_EVERY : TOLD_LATER_EVERY
    cancel = clock.after(pause, () => {
      tell()
      wait()
    })
  }
  wait()
  return () => cancel()
}

/** Connecting again rarely helps and costs its whole time limit. */
const CONNECT_TRIES = 2

/**
 * One GET. Throws `TransientError` for what the next try may not meet (429, 5xx, a broken or silent connection)
 * and `RunnerError` for the rest that is no answer; any other status is the caller's to judge.
 */
async function get(url: string, context: CliContext): Promise<HttpResponse> {
  const { http, clock } = context.ports
  let response: HttpResponse
  const asked = clock.elapsed()
  const stopTelling = tellWhileWaiting(clock, () =>
    context.say(
      'info',
      `${new URL(url).host} has not answered for ${formatSeconds(clock.elapsed() - asked)}.`,
    ),
  )
  try {
    const { href, headers } = withoutCredentials(url)
    response = await http.request({ url: href, headers, env: context.env, ...signalOf(context) })
  } catch (error) {
    throw explainHttpError(error, context)
  } finally {
    stopTelling()
  }
  const { status } = response
  if (status !== 429 && status < 500) return response
  await close(response)
  const retryAfter = readRetryAfter(response.headers['retry-after'], clock.now())
  const meaning = status === 429 ? 'too many requests' : 'a failure of the server'
  const wish =
    (retryAfter ?? 0) > LONGEST_RETRY_AFTER ? ` and asks to wait ${formatDuration(retryAfter ?? 0)}` : ''
  const failure = new RunnerError('temporary', `${shownUrl(url)} answered ${status} (${meaning})${wish}.`, {
    remedy: 'Run the job again later.',
  })
  throw new TransientError(failure, { retryAfter })
}

function signalOf(context: CliContext): { signal?: AbortSignal } {
  return context.signal === undefined ? {} : { signal: context.signal }
}

/** Leaves an answer unread, which closes its connection. */
export async function close(response: HttpResponse): Promise<void> {
  await response.body[Symbol.asyncIterator]().return?.()
}

/** A user and password in a URL become the header that they stand for. */
export function withoutCredentials(url: string): { href: string; headers: Record<string, string> } {
  const parsed = new URL(url)
  if (parsed.username === '' && parsed.password === '') return { href: url, headers: {} }
  const pair = `${decodeURIComponent(parsed.username)}:${decodeURIComponent(parsed.password)}`
  parsed.username = ''
  parsed.password = ''
  return { href: parsed.href, headers: { authorization: `Basic ${Buffer.from(pair).toString('base64')}` } }
}

/** What a failed connection means for the step. */
export function explainHttpError(error: unknown, context: CliContext): unknown {
  if (!(error instanceof HttpError)) return error
  const message = messageOf(error)
  const temporary = (remedy: string, maxTries?: number) =>
    new TransientError(new RunnerError('temporary', message, { remedy, cause: error }), {
      ...(maxTries === undefined ? {} : { maxTries }),
    })
  const final = (remedy: string) => new RunnerError('unavailable', message, { remedy, cause: error })
  const mirror = context.nameOf('ozDownloadUrl')
  switch (error.failure) {
    case 'name':
    case 'connect':
      return temporary(
        `Check the network and HTTPS_PROXY of this machine; without a way out, set ${mirror} to a mirror or ${context.nameOf('ozPath')} to an installed CLI.`,
        CONNECT_TRIES,
      )
    case 'proxy':
      if ((error.status ?? 0) >= 500) return temporary('Check the proxy.')
      return final(
        error.status === 407
          ? 'Put user and password into the proxy variable: http://user:password@proxy:port.'
          : 'Check the proxy variables (HTTPS_PROXY, HTTP_PROXY, NO_PROXY) and what the proxy allows.',
      )
    case 'tls':
      return final(
        'If a proxy or a mirror uses a certificate of your own, name its PEM file in NODE_EXTRA_CA_CERTS.',
      )
    case 'protocol':
      return final(`Check ${mirror} and the proxy variables: something else answers there.`)
    case 'reset':
    case 'stall':
      return temporary('Run the job again; if it stays so, look at the proxy or the network of this machine.')
    case 'aborted':
      return new RunnerError('cancelled', message, { cause: error })
  }
}

const REDIRECTS = new Set([301, 302, 303, 307, 308])
const MAX_REDIRECTS = 10

/** Where following redirects ended: at an address that need not be asked any more, or at an answer that is none. */
export type Arrival =
  | { readonly kind: 'address'; readonly url: string }
  | { readonly kind: 'answer'; readonly url: string; readonly response: HttpResponse }

/**
 * Asks and follows redirects until an answer is no redirect, or `enough` says that an address suffices.
 * Refuses loops, redirects without `Location`, and those from https to http.
 */
export async function follow(
  start: string,
  context: CliContext,
  enough: (url: URL) => boolean = () => false,
): Promise<Arrival> {
  const seen = new Set<string>()
  let url = start
  for (;;) {
    if (seen.has(url))
      throw broken(`${shownUrl(start)} redirects in a loop: ${shownUrl(url)} comes round again.`, context)
    if (seen.size > MAX_REDIRECTS)
      throw broken(`${shownUrl(start)} redirects more than ${MAX_REDIRECTS} times.`, context)
    seen.add(url)
    const response = await get(url, context)
    if (!REDIRECTS.has(response.status)) return { kind: 'answer', url, response }
    await close(response)
    const location = response.headers.location
    if (location === undefined) {
      throw broken(
        `${shownUrl(url)} answered ${response.status} without saying where to (no Location).`,
        context,
      )
    }
    const next = parseUrl(location, url)
    if (next === undefined || !/^https?:$/.test(next.protocol)) {
      throw broken(`${shownUrl(url)} redirects to "${location}", which is no web address.`, context)
    }
    if (new URL(url).protocol === 'https:' && next.protocol === 'http:') {
      throw broken(`${shownUrl(url)} redirects from https to http (${shownUrl(next)}).`, context)
    }
    url = next.href
    if (enough(next)) return { kind: 'address', url }
  }
}

function broken(problem: string, context: CliContext): RunnerError {
  return new RunnerError('unavailable', problem, {
    remedy: `Check ${context.nameOf('ozDownloadUrl')} and the proxy: this is not how the download service answers.`,
  })
}
