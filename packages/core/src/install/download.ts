import { createHash } from 'node:crypto'
import { dirname, join } from 'node:path'
import { formatSeconds, type Milliseconds } from '../contract/duration.ts'
import { RunnerError } from '../errors.ts'
import { shownUrl } from '../http/http.ts'
import { withRetries } from '../http/retry.ts'
import { close, explainHttpError, follow, tellWhileWaiting } from './get.ts'
import { keepArchive } from './platform-cache.ts'
import { keepForProof } from './prove.ts'
import { refused, unknownRelease } from './release.ts'
import { type CliResolver, LARGEST_ARCHIVE, type PackageRequest, type Release } from './search.ts'
import { diskFailure, installArchive, installInStaging } from './unpack.ts'

/** The tar package of the download service or of a mirror. The last resort: what is wrong here is the step's failure. */
export const download: CliResolver = {
  source: 'download',
  async find(search) {
    const { request, context } = search
    const target = search.target()
    if ('problem' in target) throw new RunnerError('unavailable', target.problem, { remedy: target.remedy })
    const release = await search.release()
    const origin = shownUrl(release.url)
    return installInStaging(
      'download',
      search,
      async (staging, layout) => {
        warnOfPlainHttp(release, { request, context, target })
        context.say('info', `Downloading the CLI ${release.version ?? request.version} from ${origin}`)
        context.onDownload?.()
        const file = join(staging, 'archive')
        const sha256 = await fetchArchive(release, file, { request, context, target })
        const archive = { file, sha256, origin, version: release.version }
        const placed = await installArchive(archive, staging, layout, search)
        await keepArchive({ file, sha256, version: placed.version }, layout, search)
        await keepForProof(archive, layout, context)
        return placed
      },
      'not taken',
    )
  },
}

/** Whoever is on the way can change what comes by plain http. On this machine itself nobody is. */
function warnOfPlainHttp(release: Release, { request, context }: PackageRequest): void {
  const { protocol, hostname } = new URL(release.url)
  const here = hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname)
  if (protocol !== 'http:' || here || request.sha256 !== undefined) return
  context.say(
    'warning',
    `The CLI comes from ${shownUrl(release.url)} by plain http, where it can be changed on its way: use https, or give its SHA-256 in ${context.nameOf('ozSha256')}.`,
  )
}

/** How far a download is, for the log. */
interface Progress {
  add(bytes: number): void
  end(): void
}

/** Says every 10 s how far a download is, how fast it is, or that nothing comes. `total` is in bytes, where the server told it. */
function tellProgress(total: number | undefined, { context }: Pick<PackageRequest, 'context'>): Progress {
  const { clock } = context.ports
  let done = 0
  let told = { at: clock.elapsed(), done }
  let lastByte = told.at
  const end = tellWhileWaiting(clock, () => {
    const now = clock.elapsed()
    const pace =
      done === told.done
        ? `nothing has come for ${formatSeconds(now - lastByte)}`
        : speed(done - told.done, now - told.at)
    told = { at: now, done }
    context.say('info', `Downloading the CLI: ${progressLine(done, total)}, ${pace}`)
  })
  return {
    add(bytes) {
      done += bytes
      lastByte = clock.elapsed()
    },
    end,
  }
}

/** `4.2 MB/s`, or `40 kB/s` for a slow one. Pure. */
function speed(bytes: number, time: Milliseconds): string {
  const perSecond = (bytes / time) * 1000
  return perSecond < 1_000_000
    ? `${Math.ceil(perSecond / 1000)} kB/s`
    : `${(perSecond / 1_000_000).toFixed(1)} MB/s`
}

/** `42 of 118 MB (35 %)`, or `42 MB` where the whole is not known. Pure. */
export function progressLine(done: number, total: number | undefined): string {
  const megabytes = (bytes: number) => (bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0)
  if (total === undefined || total === 0) return `${megabytes(done)} MB`
  return `${megabytes(done)} of ${megabytes(total)} MB (${Math.floor((done / total) * 100)} %)`
}

const TRIES = 4
/** The archive and what it unpacks to, in archives. */
const SPACE_FACTOR = 4

/**
 * Fetches a release's archive into a file and returns its SHA-256. A file that is not whole or has another sum is deleted.
 * Rejects with `RunnerError`: `temporary` for the network, `unavailable` for what the server or the disk will not do.
 */
export async function fetchArchive(
  release: Release,
  file: string,
  source: PackageRequest,
  largest = LARGEST_ARCHIVE,
): Promise<string> {
  const { context } = source
  try {
    const sum = await withRetries(() => fetchOnce(release, file, source, largest), {
      clock: context.ports.clock,
      tries: TRIES,
      signal: context.signal,
      onWait: (line) => context.say('info', line),
    })
    checkSum(sum, release, source)
    return sum
  } catch (error) {
    await context.ports.files.remove(file)
    throw error
  }
}

async function fetchOnce(
  release: Release,
  file: string,
  source: PackageRequest,
  largest: number,
): Promise<string> {
  const { files } = source.context.ports
  await files.remove(file)
  const arrival = await follow(release.url, source.context)
  if (arrival.kind === 'address') throw new Error('follow stopped early without being asked to')
  const { response, url } = arrival
  if (response.status === 404 || response.status === 410)
    throw unknownRelease(source, [...release.missing, shownUrl(release.url)])
  if (response.status !== 200) throw refused(url, response.status, source)
  const total = Number(response.headers['content-length'] ?? Number.NaN)
  if (total > largest) {
    await close(response)
    throw tooLarge(url, largest, source)
  }
  await checkSpace(total, file, source)
  const progress = tellProgress(Number.isNaN(total) ? undefined : total, source)
  const hash = createHash('sha256')
  const target = files.append(file, { mode: 0o600 })
  let first = true
  let bytes = 0
  try {
    for await (const chunk of response.body) {
      if (first) checkStart(chunk, url, response.headers['content-type'], source)
      first = false
      bytes += chunk.length
      if (bytes > largest) throw tooLarge(url, largest, source)
      hash.update(chunk)
      target.write(chunk)
      progress.add(chunk.length)
    }
  } catch (error) {
    throw diskFailure(error, file) ?? explainHttpError(error, source.context)
  } finally {
    progress.end()
    target.close()
  }
  if (first) checkStart(new Uint8Array(), url, response.headers['content-type'], source)
  return hash.digest('hex')
}

function tooLarge(url: string, largest: number, { context }: PackageRequest): RunnerError {
  return new RunnerError(
    'unavailable',
    `${shownUrl(url)} sends more than ${megabytes(largest)} MB, which is no archive of the CLI. The download was stopped.`,
    { remedy: `Check ${context.nameOf('ozDownloadUrl')}: it must lead to the archive of one release.` },
  )
}

function checkSum(sum: string, release: Release, { request, context }: PackageRequest): void {
  if (request.sha256 === undefined || request.sha256 === sum) return
  throw new RunnerError(
    'unavailable',
    `The archive from ${shownUrl(release.url)} has another SHA-256 than ${context.nameOf('ozSha256')} asks for: expected ${request.sha256}, got ${sum}. It was deleted.`,
    {
      remedy:
        request.version === 'latest'
          ? `A sum belongs to one release: pin ${context.nameOf('ozVersion')} too. Take the new sum only if you trust where it comes from.`
          : 'Find out why the archive differs before you take the new sum.',
    },
  )
}

async function checkSpace(total: number, file: string, { context }: PackageRequest): Promise<void> {
  const folder = dirname(file)
  const free = await context.ports.files.freeSpace(folder).catch(() => Number.POSITIVE_INFINITY)
  if (!(free < total * SPACE_FACTOR)) return
  throw new RunnerError(
    'unavailable',
    `The disk of ${folder} has ${megabytes(free)} MB free, and installing the CLI takes about ${megabytes(total * SPACE_FACTOR)} MB.`,
    { remedy: 'Free some space on this disk, or keep the tools on another one.' },
  )
}

const megabytes = (bytes: number) => Math.ceil(bytes / 1_000_000)

/** Throws when the first bytes of an answer are no gzip: a sign-in page, say, must not be fetched four times, nor unpacked. */
export function checkStart(
  bytes: Uint8Array,
  url: string,
  contentType: string | undefined,
  { context }: PackageRequest,
): void {
  if (bytes[0] === 0x1f && (bytes.length === 1 || bytes[1] === 0x8b)) return
  const text = new TextDecoder().decode(bytes.subarray(0, 512))
  const html = /^\s*<(!doctype|html|head|body|\?xml)/i.test(text) || /\bhtml\b/.test(contentType ?? '')
  const what = bytes.length === 0 ? 'an empty file' : html ? 'a web page' : 'something else'
  throw new RunnerError('unavailable', `${shownUrl(url)} sent ${what} instead of a gzipped archive.`, {
    remedy: html
      ? 'A proxy or a mirror that wants a sign-in answers like this: open the address from this machine to see the page.'
      : `Check ${context.nameOf('ozDownloadUrl')}.`,
  })
}
