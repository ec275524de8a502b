import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { posix } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { type ReadEntry, Unpack } from 'tar'
import { ArchiveError } from '../errors.ts'

/** Far above any release, far below what fills a disk unnoticed. */
const MAX_BYTES = 8 * 1024 ** 3
const MAX_ENTRIES = 200_000

const FILES = new Set(['File', 'OldFile', 'ContiguousFile'])

/** Unpacks a gzipped tar; see `Archives` for what it promises. */
export async function unpack(archive: string, folder: string): Promise<void> {
  const refusals: string[] = []
  let entries = 0
  let bytes = 0
  const target = new Unpack({
    cwd: folder,
    strict: true,
    preserveOwner: false,
    filter(path, entry) {
      if (!('type' in entry)) return false
      entries += 1
      bytes += entry.size ?? 0
      const refusal = refusalOf(path, entry) ?? boundsRefusal(entries, bytes)
      if (refusal !== undefined) refusals.push(refusal)
      // Nobody but the owner may write, and nothing runs with another user's rights.
      entry.mode = ((entry.mode ?? 0o644) & 0o755) | 0o600 | (entry.type === 'Directory' ? 0o700 : 0)
      return refusals.length === 0
    },
  })
  const closed = once(target, 'close')
  // Awaited below; a failure before that must not count as unhandled.
  closed.catch(() => undefined)
  try {
    await pipeline(createReadStream(archive), createGunzip(), async (tar: AsyncIterable<Buffer>) => {
      for await (const chunk of tar) {
        const more = target.write(chunk)
        if (refusals[0] !== undefined) throw new ArchiveError(refusals[0])
        if (!more) await Promise.race([once(target, 'drain'), closed])
      }
    })
    target.end()
    await closed
  } catch (error) {
    throw isDiskError(error) ? error : asArchiveError(error)
  }
  if (refusals[0] !== undefined) throw new ArchiveError(refusals[0])
  if (entries === 0) throw new ArchiveError('The archive is empty.')
}

/** Why an entry may not be unpacked; undefined for one that stays within the folder and is a file, a folder or a link. */
export function refusalOf(path: string, entry: Pick<ReadEntry, 'type' | 'linkpath'>): string | undefined {
  const shown = JSON.stringify(path)
  if (leaves(path)) return `The archive holds ${shown}, which lies outside its folder.`
  const link = entry.linkpath ?? ''
  switch (entry.type) {
    case 'Directory':
      return undefined
    case 'SymbolicLink':
      return leaves(link, posix.dirname(path))
        ? `The archive holds ${shown}, a link that points out to ${JSON.stringify(link)}.`
        : undefined
    case 'Link':
      return leaves(link)
        ? `The archive holds ${shown}, a link that points out to ${JSON.stringify(link)}.`
        : undefined
    default:
      return FILES.has(entry.type)
        ? undefined
        : `The archive holds ${shown}, which is a ${entry.type}: only files, folders and links are expected.`
  }
}

/** Whether a path, seen from a folder of the archive, is absolute or climbs out of the archive. Backslashes and drives count too. */
function leaves(path: string, from = '.'): boolean {
  const plain = path.replaceAll('\\', '/')
  if (plain === '' || plain.startsWith('/') || /^[a-z]:/i.test(plain)) return true
  const whole = posix.normalize(posix.join(from.replaceAll('\\', '/'), plain))
  return whole === '..' || whole.startsWith('../')
}

function boundsRefusal(entries: number, bytes: number): string | undefined {
  if (entries > MAX_ENTRIES) return `The archive holds more than ${MAX_ENTRIES} entries.`
  return bytes > MAX_BYTES ? `The archive holds more than ${MAX_BYTES / 1024 ** 3} GiB.` : undefined
}

function isDiskError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error
}

function asArchiveError(error: unknown): ArchiveError {
  if (error instanceof ArchiveError) return error
  const reason = error instanceof Error ? error.message : String(error)
  return new ArchiveError(`The archive is damaged or incomplete (${reason}).`, { cause: error })
}
