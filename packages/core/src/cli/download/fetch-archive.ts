import { createHash } from 'node:crypto'
import { RunnerError } from '../../errors.ts'
import { withRetries } from '../../http/retry.ts'
import { shownUrl } from '../../http/shown-url.ts'
import type { Release } from '../release.ts'
import { diskFailure } from '../store/disk-failure.ts'
import { explainHttpError } from './ask.ts'
import { checkStart } from './check-start.ts'
import { follow } from './follow.ts'
import { createProgress } from './progress.ts'
import { refused } from './resolve-release.ts'
import { type Source, unknownRelease } from './source.ts'

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
