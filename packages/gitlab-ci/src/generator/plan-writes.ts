import { createTwoFilesPatch } from 'diff'
import { hasMarker, isAsWritten } from './ownership.ts'
import { sha256Hex } from './program.ts'

/** A file that a command wants to have in the repository. */
export type WantedFile =
  /** Carries its own marker. */
  | { readonly kind: 'text'; readonly path: string; readonly content: string }
  /** Must stay as it was published; it is ours when its checksum is one that a template of ours names. */
  | { readonly kind: 'program'; readonly path: string; readonly content: Uint8Array }

export interface PlannedWrite {
  readonly file: WantedFile
  readonly change: 'created' | 'updated' | 'unchanged'
  /** What changes, as a person reads it. */
  readonly detail: string
}

export interface WritePlan {
  readonly writes: readonly PlannedWrite[]
  /** Files that are not ours to overwrite, each with what would change. */
  readonly refusals: readonly string[]
}

/**
 * Decides what to write. Pure.
 * @param present the files that are there already, by path.
 * @param force overwrite what was changed by hand; files that the generator never wrote too.
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

/** The checksums in the templates that are there: what an earlier run put beside them. */
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

/** Git writes other line ends on some machines, and takes them back when it commits. */
function isSameText(file: WantedFile, old: Uint8Array): boolean {
  return file.kind === 'text' && withUnixLines(old) === file.content
}

function withUnixLines(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8').replaceAll('\r\n', '\n')
}

function sizeOf(bytes: Uint8Array): string {
  return bytes.length < 10_000 ? `${bytes.length} bytes` : `${Math.round(bytes.length / 1000)} kB`
}
