import { createHash } from 'node:crypto'
import { constants, createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { posix } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { type ReadEntry, UnpackSync } from 'tar'
import { ArchiveError } from '../errors.ts'
import { LARGEST_ARCHIVE } from '../install/search.ts'

/** Far above any release, far below what fills a disk unnoticed. */
const MAX_BYTES = 8 * 1024 ** 3
const MAX_ENTRIES = 200_000

const FILES = new Set(['File', 'OldFile', 'ContiguousFile'])

const PIECE = 1024 * 1024

/** Copies an archive and returns its SHA-256; see `Archives` for what it promises. */
export async function copy(archive: string, file: string, signal?: AbortSignal): Promise<string> {
  // A pipe without a writer would keep us for ever.
  const source = await open(archive, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
    (error: NodeJS.ErrnoException) => {
      throw error.code === 'ELOOP' ? new ArchiveError('It is a link.', { cause: error }) : error
    },
  )
  try {
    const found = await source.stat()
    if (!found.isFile()) throw new ArchiveError('It is no plain file.')
    if (found.size > LARGEST_ARCHIVE) throw tooLarge()
    const target = await open(file, 'wx', 0o600)
    try {
      return await copyBytes(source, target, signal)
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}

async function copyBytes(source: FileHandle, target: FileHandle, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256')
  const piece = Buffer.allocUnsafe(PIECE)
  let bytes = 0
  for (;;) {
    signal?.throwIfAborted()
    const { bytesRead } = await source.read(piece, 0, PIECE)
    if (bytesRead === 0) return hash.digest('hex')
    bytes += bytesRead
    // It may grow while it is read.
    if (bytes > LARGEST_ARCHIVE) throw tooLarge()
    const part = piece.subarray(0, bytesRead)
    hash.update(part)
    await target.writeFile(part)
  }
}

function tooLarge(): ArchiveError {
  return new ArchiveError(`It holds more than ${LARGEST_ARCHIVE / 1e6} MB, which no release does.`)
}

/** Unpacks a gzipped tar; see `Archives` for what it promises. */
export async function unpack(archive: string, folder: string, signal?: AbortSignal): Promise<void> {
  const failures: unknown[] = []
  let entries = 0
  let bytes = 0
  // It works at once, piece by piece: when a piece fails, nothing of the pieces before it is still being written.
  const target = new UnpackSync({
    cwd: folder,
    strict: true,
    preserveOwner: false,
    // Folders that the archive does not list come out like those that it does, whatever the umask.
    dmode: 0o755,
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
    const write = async (tar: AsyncIterable<Buffer>) => {
      for await (const chunk of tar) {
        target.write(chunk)
        throwFirst()
      }
    }
    await pipeline(createReadStream(archive), createGunzip(), write, signal === undefined ? {} : { signal })
    target.end()
    throwFirst()
  } catch (error) {
    signal?.throwIfAborted()
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
