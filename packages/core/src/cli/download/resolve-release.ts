import { RunnerError } from '../../errors.ts'
import { withRetries } from '../../http/retry.ts'
import { shownUrl } from '../../http/shown-url.ts'
import type { Release } from '../release.ts'
import { versionIn } from '../version.ts'
import { close } from './ask.ts'
import { type Arrival, follow } from './follow.ts'
import { placesOf, type Source, unknownRelease } from './source.ts'

const TRIES = 4

/**
 * Asks which release is wanted and where it is: one small request, whose answer names the archive. The archive is not fetched.
 * Rejects with `RunnerError`: `unavailable` for an unknown release or a broken service, `temporary` for the network.
 */
export async function resolveRelease(source: Source): Promise<Release> {
  const { request, context } = source
  const missing: string[] = []
  for (const place of placesOf(source)) {
    // The address of a file needs no question; whether it is there shows when it is fetched.
    if (place.kind === 'file') {
      return { url: place.url, version: versionOf(request.version, place.url), missing }
    }
    const arrival = await withRetries(() => follow(place.url, source, isArchive), {
      clock: context.ports.clock,
      tries: TRIES,
      signal: context.signal,
      onWait: (line) => context.say('info', line),
    })
    const release = await toRelease(arrival, source)
    if (release !== undefined) return release
    missing.push(shownUrl(place.url))
  }
  throw unknownRelease(source, missing)
}

/** Whether an address is the archive's by its looks. */
function isArchive(url: URL): boolean {
  return /\.(tar\.gz|tgz)$/.test(url.pathname)
}

async function toRelease(arrival: Arrival, source: Source): Promise<Release | undefined> {
  const { url } = arrival
  if (arrival.kind === 'answer') {
    await close(arrival.response)
    const { status } = arrival.response
    if (status === 404 || status === 410) return undefined
    if (status !== 200) throw refused(url, status, source)
  }
  return { url, version: versionOf(source.request.version, url), missing: [] }
}

function versionOf(wanted: string, url: string): string | undefined {
  return wanted === 'latest' ? versionIn(new URL(url).pathname) : wanted
}

/** The server will not give it to us. */
export function refused(url: string, status: number, { context }: Source): RunnerError {
  return new RunnerError('unavailable', `${shownUrl(url)} answered ${status}.`, {
    remedy:
      status === 401 || status === 403
        ? `Check that this machine may download there; credentials of a mirror go into ${context.nameOf('ozDownloadUrl')} (https://user:password@…).`
        : `Check ${context.nameOf('ozDownloadUrl')} and the proxy: this is not how the download service answers.`,
  })
}
