import { closeSync, constants, openSync, type Stats, writeSync } from 'node:fs'
import {
  access,
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  statfs,
  writeFile,
} from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { UntrustedFolderError } from '../errors.ts'
import type { AppendFile, FileInfo, Files, LinkInfo } from '../ports.ts'

/** The machine's file system. */
export function createNodeFiles(): Files {
  return {
    info,
    linkInfo,
    readText: (path) => readFile(path, 'utf8'),
    readBytes: (path) => readFile(path),
    readStart,
    list: (folder) => readdir(folder),
    write,
    append,
    async makeFolder(path, { mode } = {}) {
      const made = await makeFolders(path, mode)
      // The umask narrows the mode of mkdir, and a folder that was there keeps its own.
      if (made && mode !== undefined) await chmod(path, mode)
    },
    makeOwnFolder,
    ownFolderProblem,
    isLink: async (path) => (await linkInfo(path))?.kind === 'link',
    makeTempFolder: (prefix) => mkdtemp(prefix),
    claim,
    remove: (path) => rm(path, { recursive: true, force: true, maxRetries: 3 }),
    rename: (from, to) => rename(from, to),
    realPath: (path) => realpath(path),
    isExecutable: (path) => access(path, constants.X_OK).then(yes, no),
    async freeSpace(folder) {
      const { bavail, bsize } = await statfs(folder)
      return bavail * bsize
    },
  }
}

const yes = (): boolean => true
const no = (): boolean => false

async function info(path: string): Promise<FileInfo | undefined> {
  const found = await unlessAbsent(stat(path))
  if (found === undefined) return undefined
  return {
    kind: kindOf(found),
    size: found.size,
    mode: found.mode & 0o7777,
    modified: Math.trunc(found.mtimeMs),
  }
}

async function linkInfo(path: string): Promise<LinkInfo | undefined> {
  const found = await unlessAbsent(lstat(path))
  if (found === undefined) return undefined
  return {
    kind: found.isSymbolicLink() ? 'link' : kindOf(found),
    mode: found.mode & 0o7777,
    owner: ownerOf(found),
  }
}

function ownerOf({ uid }: Stats): LinkInfo['owner'] {
  // Windows has no such numbers.
  if (process.geteuid === undefined || uid === process.geteuid()) return 'us'
  return uid === 0 ? 'root' : 'other'
}

async function unlessAbsent(looking: Promise<Stats>): Promise<Stats | undefined> {
  try {
    return await looking
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined
    throw error
  }
}

/**
 * Makes a folder and those above it; says whether it was not there. Node's recursive mkdir tries for ever, past every
 * signal, where a folder exists in which none can be made (`/proc/x`).
 */
async function makeFolders(path: string, mode: number | undefined, isLastTry = false): Promise<boolean> {
  try {
    await mkdir(path, mode === undefined ? {} : { mode })
    return true
  } catch (error) {
    const above = dirname(path)
    if (codeOf(error) === 'ENOENT' && !isLastTry && above !== path && (await info(above)) === undefined) {
      await makeFolders(above, mode)
      return makeFolders(path, mode, true)
    }
    if ((await info(path))?.kind === 'folder') return false
    throw error
  }
}

async function makeOwnFolder(path: string): Promise<void> {
  try {
    // Not recursive: that would take whatever is there, whoever made it.
    await mkdir(path, { mode: 0o700 })
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
    const problem = await ownFolderProblem(path)
    if (problem !== undefined) throw new UntrustedFolderError(path, problem)
  }
}

async function ownFolderProblem(path: string): Promise<string | undefined> {
  const found = await linkInfo(path)
  if (found === undefined) return 'is not there'
  if (found.kind === 'link') return 'is a link'
  if (found.kind !== 'folder') return 'is no folder'
  if (found.owner !== 'us') return 'belongs to another user'
  return process.platform === 'win32' || (found.mode & 0o077) === 0 ? undefined : 'lets other users in'
}

async function readStart(path: string, maxBytes: number): Promise<Uint8Array> {
  const file = await open(path)
  try {
    const bytes = new Uint8Array(maxBytes)
    let end = 0
    for (let got = -1; got !== 0 && end < maxBytes; end += got) {
      got = (await file.read(bytes, end, maxBytes - end)).bytesRead
    }
    return bytes.subarray(0, end)
  } finally {
    await file.close()
  }
}

function kindOf(found: Stats): FileInfo['kind'] {
  if (found.isFile()) return 'file'
  return found.isDirectory() ? 'folder' : 'other'
}

async function write(
  path: string,
  content: string | Uint8Array,
  { mode }: { mode?: number } = {},
): Promise<void> {
  // Not from node:crypto, whose loading takes a fifth of the time of a bare start: the name need not be secret.
  const random = Math.random().toString(36).slice(2)
  const beside = join(dirname(path), `.${basename(path)}.${process.pid}-${random}`)
  try {
    // Exclusive: nobody's prepared link is written through, whatever the name.
    await writeFile(beside, content, { flag: 'wx', ...(mode === undefined ? {} : { mode }) })
    if (mode !== undefined) await chmod(beside, mode)
    await rename(beside, path)
  } catch (error) {
    await rm(beside, { force: true })
    throw error
  }
}

const { O_APPEND, O_CREAT, O_EXCL, O_WRONLY } = constants
/** Windows has no such flag, and no links that a user without rights can make. */
const O_NOFOLLOW = constants.O_NOFOLLOW ?? 0
const ONLY = { new: O_EXCL, plain: O_NOFOLLOW } as const

function append(path: string, { mode, only }: { mode?: number; only?: keyof typeof ONLY } = {}): AppendFile {
  const flags = O_APPEND | O_CREAT | O_WRONLY | (only === undefined ? 0 : ONLY[only])
  let descriptor: number | undefined = openSync(path, flags, mode)
  return {
    write(content) {
      if (descriptor === undefined) throw new Error(`${path} was closed before it was written to`)
      const bytes = typeof content === 'string' ? Buffer.from(content) : content
      for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done)
    },
    close() {
      if (descriptor !== undefined) closeSync(descriptor)
      descriptor = undefined
    },
  }
}

async function claim(path: string): Promise<boolean> {
  try {
    const handle = await open(path, 'wx', 0o600)
    await handle.close()
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
