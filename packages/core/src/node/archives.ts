import { createReadStream } from 'node:fs'
import { posix } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { type ReadEntry, UnpackSync } from 'tar'
import { ArchiveError } from '../errors.ts'

/** Far above any release, far below what fills a disk unnoticed. */
const MAX_BYTES = 8 * 1024 ** 3
const MAX_ENTRIES = 200_000

const FILES = new Set(['File', 'OldFile', 'ContiguousFile'])

/** Unpacks a gzipped tar; see `Archives` for what it promises. */
export async function unpack(archive: string, folder: string): Promise<void> {
  const failures: unknown[] = []
  let entries = 0
  let bytes = 0
  // It works at once, piece by piece: when a piece fails, nothing of the pieces before it is still being written.
  const target = new UnpackSync({
    cwd: folder,
    strict: true,
    preserveOwner: false,
    filter(path, entry) {
      if (!('type' in entry)) return false
      entries += 1
      bytes += entry.size ?? 0
      const refusal = refusalOf(path, entry) ?? boundsRefusal(entries, bytes)
      if (refusal !== undefined) failures.push(new ArchiveError(refusal))
      // Nobody but the owner may write, and nothing runs with another user's rights.
      entry.mode = ((entry.mode ?? 0o644) & 0o755) | 0o600 | (entry.type === 'Directory' ? 0o700 : 0)
      return failures.length === 0
    },
  })
  // Each bad entry is an error of its own; the first one counts.
  target.on('error', (error) => failures.push(error))
  const throwFirst = () => {
    if (failures.length > 0) throw failures[0]
  }
  try {
    await pipeline(createReadStream(archive), createGunzip(), async (tar: AsyncIterable<Buffer>) => {
      for await (const chunk of tar) {
        target.write(chunk)
        throwFirst()
      }
    })
    target.end()
    throwFirst()
  } catch (error) {
    throw isDiskError(error, archive) ? error : asArchiveError(error)
  }
  if (entries === 0) throw new ArchiveError('The archive is empty.')
}

/**
 * Why an entry may not be unpacked; undefined for one that stays within the folder and is a file, a folder or a link.
 * `..` in the target of a link may only stand at its start: after a name, which may be another link, it leads elsewhere
 * than it says.
 */
export function refusalOf(path: string, entry: Pick<ReadEntry, 'type' | 'linkpath'>): string | undefined {
  const shown = JSON.stringify(path)
  if (leaves(path)) return `The archive holds ${shown}, which lies outside its folder.`
  const link = entry.linkpath ?? ''
  const out = `The archive holds ${shown}, a link that points out to ${JSON.stringify(link)}.`
  switch (entry.type) {
    case 'Directory':
      return undefined
    case 'SymbolicLink':
      if (leaves(link, posix.dirname(path))) return out
      return climbs(link.replace(/^(\.\.?\/+)+/, '')) ? climbing(shown, link) : undefined
    case 'Link':
      if (leaves(link)) return out
      return climbs(link) ? climbing(shown, link) : undefined
    default:
      return FILES.has(entry.type)
        ? undefined
        : `The archive holds ${shown}, which is a ${entry.type}: only files, folders and links are expected.`
  }
}

function climbing(shown: string, link: string): string {
  return `The archive holds ${shown}, a link with ".." within its target ${JSON.stringify(link)}.`
}

/** Whether a path goes up somewhere. */
function climbs(path: string): boolean {
  return path.split(/[\\/]/).includes('..')
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

/** What no archive is to blame for. */
const DISK = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EFBIG', 'EMFILE', 'ENFILE', 'EIO'])

/**
 * Whether the machine failed, rather than the archive: names that are too long, a file below a file or a link to
 * nothing come as errors of the system too.
 */
function isDiskError(error: unknown, archive: string): boolean {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return false
  const about = 'path' in error ? error.path : undefined
  // `chdir` is tar's word for the folder that it unpacks into. A hard link to a folder is "not permitted" (EPERM).
  if (about === archive || error.syscall === 'chdir') return true
  return DISK.has(String(error.code)) && error.syscall !== 'link'
}

function asArchiveError(error: unknown): ArchiveError {
  if (error instanceof ArchiveError) return error
  const reason = error instanceof Error ? error.message : String(error)
  return new ArchiveError(`The archive is damaged or incomplete (${reason}).`, { cause: error })
}
