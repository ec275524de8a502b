import { join } from 'node:path'
import * as z from 'zod/mini'
import { messageOf, RunnerError } from '../errors.ts'
import { explainStart, type StartAttempt } from './explain-start.ts'
import { gatherEvidence, IMAGE_BYTES, readBinaryImage } from './machine.ts'
import type { ArchiveToInstall, Cli, CliContext } from './search.ts'
import { distrustOfAny, FILE_MODE } from './trust.ts'

const TAG = /\bv?(\d+(?:\.[0-9A-Za-z_-]+){2,})\b/

/**
 * The release tag in what `--version` printed, or in a part of a URL: `v0.2026.08.19.08.14.stable_01`, always with its `v`.
 * undefined where there is none, so that another program of the same name is not taken for the CLI.
 */
export function versionIn(text: string): string | undefined {
  const tag = TAG.exec(text)?.[1]
  return tag === undefined ? undefined : `v${tag}`
}

/** Oldest first: numbers by value, all other parts by their letters. */
export function compareVersions(left: string, right: string): number {
  const [a, b] = [partsOf(left), partsOf(right)]
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const [x, y] = [a[i] ?? '', b[i] ?? '']
    const order = /^\d+$/.test(x) && /^\d+$/.test(y) ? Number(x) - Number(y) : x < y ? -1 : x > y ? 1 : 0
    if (order !== 0) return order
  }
  return 0
}

function partsOf(version: string): string[] {
  return version.replace(/^v/, '').split(/[._-]/)
}

const VERSION_TIMEOUT = 20_000
/** A file that was written a moment ago may be held open by a process that is just being started elsewhere. */
const BUSY_RETRIES = 5

/**
 * Runs `<path> --version` once, by absolute path, with nothing of the job's secrets. Rejects only when the step was told
 * to stop.
 */
async function attemptStart(path: string, context: CliContext): Promise<StartAttempt> {
  const { processes, clock } = context.ports
  const { signal } = context
  for (let busy = 0; ; busy++) {
    try {
      const command = { file: path, args: ['--version'], env: context.probeEnv }
      const limits = { timeout: VERSION_TIMEOUT, maxBytes: 64 * 1024 }
      const run = await processes.run(command, signal === undefined ? limits : { ...limits, signal })
      signal?.throwIfAborted()
      if (run.timedOut) return { kind: 'silent', seconds: VERSION_TIMEOUT / 1000 }
      const version = run.exit.kind === 'code' && run.exit.code === 0 ? versionIn(run.stdout) : undefined
      if (version !== undefined) return { kind: 'answered', version }
      return { kind: 'failed', exit: run.exit, stdout: run.stdout, stderr: run.stderr }
    } catch (error) {
      signal?.throwIfAborted()
      const code = errnoOf(error)
      if (code !== 'ETXTBSY' || busy === BUSY_RETRIES)
        return { kind: 'refused', code, message: messageOf(error) }
      await clock.sleep(50 * 2 ** busy)
    }
  }
}

/** A CLI that answered, or what is wrong with it and what to do. */
export type Verification =
  | { readonly ok: true; readonly version: string }
  | { readonly ok: false; readonly problem: string; readonly remedy: string }

/** Verifies a CLI by running it. Evidence is gathered only when it fails. */
export async function verifyCli(path: string, context: CliContext): Promise<Verification> {
  const attempt = await attemptStart(path, context)
  if (attempt.kind === 'answered') return { ok: true, version: attempt.version }
  return { ok: false, ...explainStart(attempt, await gatherEvidence(path, context)) }
}

/** The same for a CLI that was just unpacked; returns its version, and rejects with `RunnerError` where it is not the expected one. */
export async function verifyUnpacked(
  path: string,
  archive: Pick<ArchiveToInstall, 'origin' | 'version'>,
  context: CliContext,
): Promise<string> {
  const result = await verifyCli(path, context)
  if (!result.ok) {
    throw new RunnerError(
      'unavailable',
      `The CLI from ${archive.origin} does not run here: ${result.problem}`,
      {
        remedy: result.remedy,
      },
    )
  }
  if (archive.version !== undefined && archive.version !== result.version) {
    throw new RunnerError(
      'unavailable',
      `${archive.origin} holds version ${result.version} of the CLI, but ${archive.version} was expected.`,
      {
        remedy: `Check ${context.nameOf('ozDownloadUrl')}, or ask for ${result.version} in ${context.nameOf('ozVersion')}.`,
      },
    )
  }
  return result.version
}

const fileMark = z.object({ path: z.string(), size: z.int(), modified: z.number() })

/**
 * `install.json` beside an unpacked release: what it is, and what was verified. That holds as long as neither the
 * executable nor the loader that runs it has changed (size and time of change); then no process is started to verify it again.
 */
const installedSchema = z.object({
  version: z.string(),
  sha256: z.string(),
  executable: fileMark.check(z.describe('its path below the entry')),
  loader: z.nullable(fileMark).check(z.describe('null for a static program, and where there is no ELF')),
})

export type Installed = z.infer<typeof installedSchema>

const RECORD = 'install.json'

/** Why an entry is not to be trusted, as the end of a sentence. */
export function distrustOfEntry(entry: string, { ports }: CliContext): Promise<string | undefined> {
  return distrustOfAny([entry, join(entry, RECORD)], ports.files)
}

/** What an entry's folder says of itself; undefined where no whole install is, and where another user could have written it. */
export async function readInstalled(entry: string, context: CliContext): Promise<Installed | undefined> {
  const { ports } = context
  try {
    if ((await distrustOfEntry(entry, context)) !== undefined) return undefined
    return installedSchema.safeParse(JSON.parse(await ports.files.readText(join(entry, RECORD)))).data
  } catch {
    return undefined
  }
}

/** Writes the record of a verified install. `executable` is its path below the entry. */
export async function recordInstall(
  entry: string,
  facts: { readonly version: string; readonly sha256: string; readonly executable: string },
  context: CliContext,
): Promise<Installed> {
  const path = join(entry, facts.executable)
  const image = readBinaryImage(await context.ports.files.readStart(path, IMAGE_BYTES))
  const loader = image.kind === 'elf' ? image.interpreter : undefined
  const mark = await markOf(path, context)
  if (mark === undefined) throw new Error(`${path} vanished while it was installed`)
  const installed: Installed = {
    version: facts.version,
    sha256: facts.sha256,
    executable: { ...mark, path: facts.executable },
    loader: loader === undefined ? null : ((await markOf(loader, context)) ?? null),
  }
  await context.ports.files.write(join(entry, RECORD), `${JSON.stringify(installed, null, 2)}\n`, FILE_MODE)
  return installed
}

export type InstalledCheck =
  | { readonly kind: 'verified'; readonly cli: Omit<Cli, 'source'> }
  | { readonly kind: 'absent' }
  | { readonly kind: 'broken'; readonly problem: string }

/** Whether an entry holds a CLI that runs here. Starts it only when something changed since it was last verified. */
export async function verifyInstalled(entry: string, context: CliContext): Promise<InstalledCheck> {
  const installed = await readInstalled(entry, context)
  if (installed === undefined) return { kind: 'absent' }
  const { version, sha256, executable, loader } = installed
  const path = join(entry, executable.path)
  const cli = { path, version, sha256 }
  const distrust = await distrustOfProgram(path, context)
  if (distrust !== undefined) return { kind: 'broken', problem: distrust }
  if (
    (await isUnchanged({ ...executable, path }, context)) &&
    (loader === null || (await isUnchanged(loader, context)))
  ) {
    return { kind: 'verified', cli }
  }
  const result = await verifyCli(path, context)
  if (!result.ok) return { kind: 'broken', problem: result.problem }
  if (result.version !== version) return { kind: 'broken', problem: `it is version ${result.version} by now` }
  await recordInstall(entry, { version, sha256, executable: executable.path }, context).catch(() => undefined)
  return { kind: 'verified', cli }
}

/** An archive may hold its program as a link to another file in it. */
async function distrustOfProgram(path: string, { ports }: CliContext): Promise<string | undefined> {
  const real = await ports.files.realPath(path).catch(() => path)
  return distrustOfAny([real], ports.files).catch(() => undefined)
}

type FileMark = z.infer<typeof fileMark>

async function markOf(path: string, { ports }: CliContext): Promise<FileMark | undefined> {
  const info = await ports.files.info(path)
  return info?.kind === 'file' ? { path, size: info.size, modified: info.modified } : undefined
}

async function isUnchanged(mark: FileMark, context: CliContext): Promise<boolean> {
  const now = await markOf(mark.path, context).catch(() => undefined)
  return now?.size === mark.size && now.modified === mark.modified
}

/** `ENOENT` and the like; the empty string where the error has none. */
export function errnoOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : ''
}
