import { createTwoFilesPatch } from 'diff'
import { sha256Hex } from '../template/program.ts'

/** The files of a user's repository, by paths relative to its root with forward slashes. */
export interface Repository {
  /** Whether its root is a folder. */
  exists(): Promise<boolean>
  /** The path of the Git repository that the folder is only a part of; undefined where it is no part of one. */
  outerRoot(): Promise<string | undefined>
  /** undefined where there is no file; rejects with the system's error for anything else. */
  read(path: string): Promise<Uint8Array | undefined>
  /** The paths of all files below a folder, which is empty for the root; none of `.git` and `node_modules`. */
  list(folder: string): Promise<readonly string[]>
  /** Creates missing folders too. */
  write(path: string, content: string | Uint8Array): Promise<void>
  /** Removes a file, and the folders that are empty then. */
  remove(path: string): Promise<void>
}

/** Whether a path names a file in a repository: it is relative and has no `..`. */
export function isInRepository(path: string): boolean {
  const parts = path.split('/')
  return !path.includes('\\') && parts.every((part) => part !== '' && part !== '.' && part !== '..')
}

/** The last line of a file that the generator wrote. It shows whether the lines above were changed. */
const MARKER =
  /^(?:# |<!-- )oz-agent-gitlab wrote this file; sha256 of the lines above: ([0-9a-f]{64})(?: -->)?\n$/

/** Adds the last line, as a comment of YAML or Markdown. */
export function signText(path: string, text: string): string {
  const words = `oz-agent-gitlab wrote this file; sha256 of the lines above: ${sha256Hex(text)}`
  return `${text}${path.endsWith('.md') ? `<!-- ${words} -->` : `# ${words}`}\n`
}

/** Whether a text is exactly what a generator once wrote. */
export function isAsWritten(text: string): boolean {
  const unix = text.replaceAll('\r\n', '\n')
  const start = unix.lastIndexOf('\n', unix.length - 2) + 1
  const found = MARKER.exec(unix.slice(start))
  return found?.[1] === sha256Hex(unix.slice(0, start))
}

/** A text without its last line, with Unix line ends. */
export function withoutSignature(text: string): string {
  const unix = text.replaceAll('\r\n', '\n')
  return unix.slice(0, unix.lastIndexOf('\n', unix.length - 2) + 1)
}

/** Whether a generator once wrote this text, even if it was changed since. */
export function hasMarker(text: string): boolean {
  return /oz-agent-gitlab wrote this file; sha256/.test(text)
}

/** A file that a command writes into the repository. */
export type WantedFile =
  /** Ends with the line that `signText` adds. */
  | { readonly kind: 'text'; readonly path: string; readonly content: string }
  /** Its bytes must stay as published. It is ours when a template of ours names its checksum. */
  | { readonly kind: 'program'; readonly path: string; readonly content: Uint8Array }

export interface PlannedWrite {
  readonly file: WantedFile
  readonly change: 'created' | 'updated' | 'unchanged'
  /** What changes, for a person to read. */
  readonly detail: string
}

export interface WritePlan {
  readonly writes: readonly PlannedWrite[]
  /** Files that the generator must not overwrite, each with what would change. */
  readonly refusals: readonly string[]
}

/**
 * Decides what to write. Pure.
 * @param present the files that exist, by path.
 * @param force also overwrite files that were changed by hand or that the generator never wrote.
 */
export function planWrites(
  wanted: readonly WantedFile[],
  present: ReadonlyMap<string, Uint8Array>,
  force: boolean,
): WritePlan {
  const named = programsNamedIn(present)
  const writes: PlannedWrite[] = []
  const refusals: string[] = []
  for (const file of wanted) {
    const old = present.get(file.path)
    const next = Buffer.from(file.content)
    if (old === undefined) writes.push({ file, change: 'created', detail: sizeOf(next) })
    else if (next.equals(old) || isSameText(file, old)) writes.push({ file, change: 'unchanged', detail: '' })
    else {
      const detail = changeOf(file, Buffer.from(old))
      const refusal = force ? undefined : refusalOf(file, Buffer.from(old), named)
      if (refusal === undefined) writes.push({ file, change: 'updated', detail })
      else refusals.push(`${file.path}: ${refusal}\n${detail}`)
    }
  }
  return { writes, refusals }
}

function refusalOf(file: WantedFile, old: Buffer, named: ReadonlySet<string>): string | undefined {
  if (file.kind === 'program') {
    if (named.has(sha256Hex(old)) || named.has(sha256Hex(withUnixLines(old)))) return undefined
    return 'is not the program that the template beside it names; --force replaces it'
  }
  const text = old.toString('utf8')
  if (isAsWritten(text)) return undefined
  return hasMarker(text)
    ? 'was changed by hand since it was written; --force throws those changes away'
    : 'was not written by this generator; --force replaces it'
}

/** The checksums of programs that the existing templates name. */
function programsNamedIn(present: ReadonlyMap<string, Uint8Array>): ReadonlySet<string> {
  const texts = [...present].filter(([path]) => /\.ya?ml$/.test(path)).map(([, bytes]) => Buffer.from(bytes))
  const named = texts.flatMap((text) => [
    ...text.toString('utf8').matchAll(/OZ_PROGRAM_SHA256: '?([0-9a-f]{64})/g),
  ])
  return new Set(named.map((match) => match[1] ?? ''))
}

function changeOf(file: WantedFile, old: Buffer): string {
  if (file.kind === 'program') {
    return `  sha256 ${sha256Hex(old)}\n      -> ${sha256Hex(file.content)}`
  }
  return createTwoFilesPatch(file.path, file.path, withUnixLines(old), file.content, undefined, undefined, {
    context: 2,
  }).trimEnd()
}

/** On some machines Git writes other line ends, and reverts them when it commits. */
function isSameText(file: WantedFile, old: Uint8Array): boolean {
  return file.kind === 'text' && withUnixLines(old) === file.content
}

function withUnixLines(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8').replaceAll('\r\n', '\n')
}

function sizeOf(bytes: Uint8Array): string {
  return bytes.length < 10_000 ? `${bytes.length} bytes` : `${Math.round(bytes.length / 1000)} kB`
}
