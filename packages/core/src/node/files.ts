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
      const made = await mkdir(path, { recursive: true, ...(mode === undefined ? {} : { mode }) })
      // The umask narrows the mode of mkdir, and a folder that was there keeps its own.
      if (made !== undefined && mode !== undefined) await chmod(path, mode)
    },
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

function append(path: string, { mode }: { mode?: number } = {}): AppendFile {
  let descriptor: number | undefined = openSync(path, 'a', mode)
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
