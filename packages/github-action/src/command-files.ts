import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import type { Environment } from '@oz-agent/core'

/**
 * The files by which a step tells the runner something; the runner reads them when the step has ended.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#environment-files
 */
export const COMMAND_FILES = [
  'GITHUB_ENV',
  'GITHUB_PATH',
  'GITHUB_STATE',
  'GITHUB_OUTPUT',
  'GITHUB_STEP_SUMMARY',
] as const
export type CommandFileName = (typeof COMMAND_FILES)[number]

/** What stood in a command file that this step had not written. */
export interface ForeignContent {
  readonly name: CommandFileName
  /** Lines that were removed; undefined where the path was no regular file of ours. */
  readonly lines: number | undefined
}

/**
 * Guards the command files of one step against whoever runs under the same user: they lie in a folder that every
 * process of the user can write to. All calls are synchronous and none waits for a FIFO or a device.
 */
export interface CommandFiles {
  /** Makes sure that a file can be appended to; a link, FIFO or folder in its place is replaced by an empty file. */
  prepare(name: CommandFileName): void
  /** Takes what stands in a file now as ours. */
  keep(name: CommandFileName): void
  /**
   * Brings every file back to what was kept of it (nothing, if `keep` was not called), and returns what that removed.
   * Throws the system's error when a file cannot be restored: then the runner would read what others wrote.
   */
  restore(): readonly ForeignContent[]
}

/** @param shared whether the user has given that file to the agent: what stands in it then stays. */
export function guardCommandFiles(env: Environment, shared: (name: string) => boolean): CommandFiles {
  const ours = new Map<CommandFileName, Buffer>()
  // What was a device before anything of this step ran is no file of the runner, and nothing that may be replaced.
  const paths = new Map(
    COMMAND_FILES.flatMap((name) => {
      const path = env[name]
      return path && !isDevice(path) ? [[name, path] as const] : []
    }),
  )
  const foreign = (name: CommandFileName): ForeignContent | undefined => {
    const path = paths.get(name)
    if (path === undefined) return undefined
    const found = read(path)
    const expected = ours.get(name) ?? NOTHING
    if (found.kind === 'file' && (shared(name) || found.bytes.equals(expected))) return undefined
    if (found.kind === 'missing' && expected.length === 0) return undefined
    replace(path, expected)
    if (found.kind === 'missing') return undefined
    return { name, lines: found.kind === 'file' ? countForeign(found.bytes, expected) : undefined }
  }
  return {
    prepare(name) {
      const path = paths.get(name)
      if (path !== undefined && read(path).kind === 'other') replace(path, NOTHING)
    },
    keep(name) {
      const path = paths.get(name)
      const found = path === undefined ? undefined : read(path)
      if (found?.kind === 'file') ours.set(name, found.bytes)
    },
    restore: () => COMMAND_FILES.flatMap((name) => foreign(name) ?? []),
  }
}

/** One sentence for the log. Names the file and the number of lines, never what stood in them. */
export function describeForeign({ name, lines }: ForeignContent): string {
  const what = lines === undefined ? 'What stood in its place was no regular file' : counted(lines)
  return `${name} was changed by something that ran in this step, most likely the agent. ${what}; that was removed before GitHub could read it.`
}

const counted = (lines: number): string =>
  `${lines} ${lines === 1 ? 'line' : 'lines'} did not come from this step`

const NOTHING = Buffer.alloc(0)
/** Beyond this the runner itself takes nothing; it is only counted up to here. */
const MOST_BYTES = 4 * 1024 * 1024

type Found = { readonly kind: 'file'; readonly bytes: Buffer } | { readonly kind: 'missing' | 'other' }

function isDevice(path: string): boolean {
  const info = lstatSync(path, { throwIfNoEntry: false })
  return info !== undefined && (info.isCharacterDevice() || info.isBlockDevice())
}

/** Reads without following a link, without waiting, and only from a regular file with no second name. */
function read(path: string): Found {
  let file: number
  try {
    // Both flags are missing on Windows, which has neither FIFOs nor links that a user may make.
    file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0))
  } catch (error) {
    return { kind: (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'missing' : 'other' }
  }
  try {
    const info = fstatSync(file)
    if (!info.isFile() || info.nlink > 1) return { kind: 'other' }
    const bytes = Buffer.alloc(Math.min(info.size, MOST_BYTES))
    return { kind: 'file', bytes: bytes.subarray(0, readSync(file, bytes, 0, bytes.length, 0)) }
  } finally {
    closeSync(file)
  }
}

/** A new file takes the place of the old one, so that whoever still has that open writes to nothing. */
function replace(path: string, content: Buffer): void {
  const beside = `${path}.${crypto.randomUUID()}`
  writeFileSync(beside, content, { flag: 'wx', mode: 0o644 })
  try {
    renameSync(beside, path)
  } catch {
    try {
      // A folder: only that keeps a file from taking its place.
      rmSync(path, { recursive: true, force: true })
      renameSync(beside, path)
    } catch (error) {
      unlinkSync(beside)
      throw error
    }
  }
}

function countForeign(found: Buffer, ours: Buffer): number {
  const rest =
    ours.length > 0 && found.subarray(0, ours.length).equals(ours) ? found.subarray(ours.length) : found
  const text = rest.toString('latin1')
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
}
