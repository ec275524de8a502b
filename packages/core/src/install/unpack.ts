import { createHash } from 'node:crypto'
import { dirname, join } from 'node:path'
import * as z from 'zod'
import { ArchiveError, messageOf, RunnerError } from '../errors.ts'
import { markUse } from './prune.ts'
import { type CliContext, type CliSearch, commandName, type Finding } from './search.ts'
import {
  cacheKey,
  findExecutable,
  type Layout,
  proveInstalled,
  readInstalled,
  recordInstall,
  versionOfEntry,
} from './store.ts'
import { compareVersions, errnoOf, probe } from './verify.ts'

/** A version that is in place and was proven. */
export interface InPlace {
  readonly entry: string
  readonly path: string
  readonly version: string
  readonly sha256: string
}

export interface ArchiveToInstall {
  readonly file: string
  readonly sha256: string
  /** Where it came from, for messages. */
  readonly origin: string
  /** The version that it should hold; undefined where only the CLI itself can tell. */
  readonly version: string | undefined
}

/**
 * Unpacks an archive in `staging`, proves the CLI in it by running it, and renames it into place whole.
 * Rejects with `RunnerError` (`unavailable`) for what is wrong with the archive, the CLI or the disk.
 */
export async function installArchive(
  archive: ArchiveToInstall,
  staging: string,
  layout: Layout,
  { request, context }: CliSearch,
): Promise<InPlace> {
  const { files, archives } = context.ports
  const entry = join(staging, 'entry')
  const tree = join(entry, 'tree')
  try {
    await files.remove(entry)
    await files.makeFolder(tree)
    await archives.unpack(archive.file, tree)
    const executable = join('tree', await findExecutable(tree, commandName(request.channel), files))
    const version = await prove(join(entry, executable), archive, context)
    await recordInstall(entry, { version, sha256: archive.sha256, executable }, context)
    const place = layout.entry(version)
    await moveIntoPlace(entry, place, join(staging, 'broken'), context)
    return { entry: place, path: join(place, executable), version, sha256: archive.sha256 }
  } catch (error) {
    if (error instanceof ArchiveError) throw badArchive(error, archive, context)
    throw diskFailure(error, entry) ?? error
  }
}

async function prove(path: string, archive: ArchiveToInstall, context: CliContext): Promise<string> {
  const result = await probe(path, context)
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

/** A folder that is there already was found unfit, or it would have been taken: it makes way. */
async function moveIntoPlace(
  entry: string,
  place: string,
  aside: string,
  { ports }: CliContext,
): Promise<void> {
  if ((await ports.files.info(place)) !== undefined) await ports.files.rename(place, aside)
  await ports.files.rename(entry, place)
}

function badArchive(error: ArchiveError, archive: ArchiveToInstall, context: CliContext): RunnerError {
  return new RunnerError('unavailable', `${archive.origin} is no archive of the CLI. ${error.message}`, {
    remedy: `Run the job again; if it stays so, check ${context.nameOf('ozDownloadUrl')} and the proxy: something changes or replaces the file.`,
    cause: error,
  })
}

const ARCHIVE = 'cli.tar.gz'
const RECORD = 'archive.json'

const recordSchema = z.object({ sha256: z.string() })

/** An archive in a folder that the platform's cache filled, after its sum was compared with the recorded one. */
export async function readKept(
  folder: string,
  { ports }: CliContext,
): Promise<{ file: string; sha256: string }> {
  const { sha256 } = recordSchema.parse(JSON.parse(await ports.files.readText(join(folder, RECORD))))
  const file = join(folder, ARCHIVE)
  const sum = createHash('sha256')
    .update(await ports.files.readBytes(file))
    .digest('hex')
  if (sum !== sha256) throw new ArchiveError(`Its SHA-256 is ${sum}, and ${sha256} was recorded.`)
  return { file, sha256 }
}

/** Gives an archive to the platform's cache, which may be slow or refuse: that costs nothing but the next download. */
export async function keepArchive(
  archive: { readonly file: string; readonly sha256: string; readonly version: string },
  layout: Layout,
  { request, context, target }: CliSearch,
): Promise<void> {
  const { platformCache, ports } = context
  const machine = target()
  if (platformCache === undefined || 'problem' in machine) return
  const key = cacheKey(request.channel, archive.version, machine, request.sha256)
  const folder = layout.exchange(key)
  try {
    await ports.files.remove(folder)
    await ports.files.makeFolder(folder)
    await ports.files.rename(archive.file, join(folder, ARCHIVE))
    await ports.files.write(join(folder, RECORD), JSON.stringify({ sha256: archive.sha256 }))
    await platformCache.save(key, folder)
    context.say('info', `Kept the archive in the platform's cache as ${key}.`)
  } catch (error) {
    context.say('warning', `The platform's cache did not take the archive: ${messageOf(error)}`)
  } finally {
    await ports.files.remove(folder)
  }
}

/** Takes an installed version if it is there, fits the pinned sum, and runs. */
export async function takeInstalled(version: string, search: CliSearch): Promise<Finding> {
  const { request, context } = search
  const layout = await search.layout()
  const entry = layout.entry(version)
  const sum = (await readInstalled(entry, context))?.sha256
  if (sum === undefined) return { why: `not taken, ${version} is not installed in ${layout.folder}` }
  if (request.sha256 !== undefined && request.sha256 !== sum) {
    return {
      why: `not taken, the installed ${version} came from an archive with SHA-256 ${sum}, not ${request.sha256}`,
    }
  }
  // Marked before it is proven, so that no other install removes it in between.
  await markUse(entry, layout, context)
  const proof = await proveInstalled(entry, context)
  if (proof.kind === 'absent') return { why: `not taken, ${version} was removed a moment ago` }
  if (proof.kind === 'broken')
    return { why: `not taken, the installed ${version} does not run: ${proof.problem}` }
  return {
    cli: { ...proof.cli, source: 'tool-cache' },
    why: `taken, ${version} is installed as ${proof.cli.path}`,
  }
}

/** Installed versions of this channel and kind of machine, newest first. */
export async function installedVersions(layout: Layout, { context }: CliSearch): Promise<string[]> {
  const names = await context.ports.files.list(layout.folder).catch(() => [])
  const versions = names
    .map((name) => versionOfEntry(name, layout))
    .filter((version) => version !== undefined)
  return versions.sort((a, b) => compareVersions(b, a))
}

const PROBLEMS: Record<string, { problem: string; remedy: string }> = {
  ENOSPC: { problem: 'is full', remedy: 'Free some space on this disk, or keep the tools on another one.' },
  EDQUOT: {
    problem: 'is full for this user (quota)',
    remedy: 'Free some space, or keep the tools on another disk.',
  },
  EROFS: { problem: 'is read-only', remedy: 'Give the step a folder that it may write to.' },
  EACCES: {
    problem: 'may not be written to by this user',
    remedy: 'Give the step a folder that it may write to.',
  },
  EPERM: {
    problem: 'may not be written to by this user',
    remedy: 'Give the step a folder that it may write to.',
  },
  EFBIG: { problem: 'takes no file of that size', remedy: 'Raise the limit on file sizes (ulimit -f).' },
  EMFILE: {
    problem: 'cannot be used, too many files are open',
    remedy: 'Raise the limit on open files (ulimit -n).',
  },
  EIO: { problem: 'fails to read or write (EIO)', remedy: 'Check the disk of this machine.' },
}

/** A file system's error as a failure of the step; undefined for any other error. */
export function diskFailure(error: unknown, path: string): RunnerError | undefined {
  const code = errnoOf(error)
  const known = PROBLEMS[code]
  if (known === undefined) return undefined
  return new RunnerError(
    'unavailable',
    `The disk of ${dirname(path)} ${known.problem}: the CLI could not be installed (${code}).`,
    {
      remedy: known.remedy,
      cause: error,
    },
  )
}
