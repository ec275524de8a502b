import { RunnerError } from '../../errors.ts'
import { parseUrl } from '../../http/parse-url.ts'
import { shownUrl } from '../../http/shown-url.ts'
import type { HttpResponse } from '../../ports.ts'
import { ask, close } from './ask.ts'
import type { Source } from './source.ts'

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
  { context }: Source,
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
    const response = await ask(url, context)
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

function broken(problem: string, context: Source['context']): RunnerError {
  return new RunnerError('unavailable', problem, {
    remedy: `Check ${context.nameOf('ozDownloadUrl')} and the proxy: this is not how the download service answers.`,
  })
}
