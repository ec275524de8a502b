import { createHash } from 'node:crypto'
import type { Milliseconds } from '../contract/duration.ts'
import { RunnerError } from '../errors.ts'
import { shownUrl } from '../http/http.ts'
import { withRetries } from '../http/retry.ts'
import { explainHttpError, follow } from './ask.ts'
import { type Release, refused, type Source, unknownRelease } from './release.ts'
import { diskFailure } from './unpack.ts'

/** A short download needs no line. */
const INTERVAL: Milliseconds = 5_000

export interface Progress {
  add(bytes: number): void
}

/** Says how far a download is, every few seconds. `total` is in bytes, where the server told it. */
export function createProgress(total: number | undefined, { context }: Source): Progress {
  const { clock } = context.ports
  let done = 0
  let told = clock.elapsed()
  return {
    add(bytes) {
      done += bytes
      if (clock.elapsed() - told < INTERVAL) return
      told = clock.elapsed()
      context.say('info', `Downloading the CLI: ${progressLine(done, total)}`)
    },
  }
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
export async function fetchArchive(release: Release, file: string, source: Source): Promise<string> {
  const { context } = source
  try {
    const sum = await withRetries(() => fetchOnce(release, file, source), {
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

async function fetchOnce(release: Release, file: string, source: Source): Promise<string> {
  const { files } = source.context.ports
  await files.remove(file)
  const arrival = await follow(release.url, source)
  if (arrival.kind === 'address') throw new Error('follow stopped early without being asked to')
  const { response, url } = arrival
  if (response.status === 404 || response.status === 410)
    throw unknownRelease(source, [...release.missing, shownUrl(release.url)])
  if (response.status !== 200) throw refused(url, response.status, source)
  const total = Number(response.headers['content-length'] ?? Number.NaN)
  await checkSpace(total, file, source)
  const progress = createProgress(Number.isNaN(total) ? undefined : total, source)
  const hash = createHash('sha256')
  const target = files.append(file, { mode: 0o600 })
  let first = true
  try {
    for await (const chunk of response.body) {
      if (first) checkStart(chunk, url, response.headers['content-type'], source)
      first = false
      hash.update(chunk)
      target.write(chunk)
      progress.add(chunk.length)
    }
  } catch (error) {
    throw diskFailure(error, file) ?? explainHttpError(error, source.context)
  } finally {
    target.close()
  }
  if (first) checkStart(new Uint8Array(), url, response.headers['content-type'], source)
  return hash.digest('hex')
}

function checkSum(sum: string, release: Release, { request, context }: Source): void {
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

async function checkSpace(total: number, file: string, { context }: Source): Promise<void> {
  const folder = file.slice(0, file.lastIndexOf('/'))
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
  { context }: Source,
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
