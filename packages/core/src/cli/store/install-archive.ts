import { join } from 'node:path'
import { ArchiveError } from '../../archive-error.ts'
import { RunnerError } from '../../errors.ts'
import type { CliContext, CliSearch } from '../cli-context.ts'
import { commandName } from '../command-name.ts'
import { probe } from '../probe.ts'
import { diskFailure } from './disk-failure.ts'
import { findExecutable } from './find-executable.ts'
import { recordInstall } from './installed.ts'
import type { Layout } from './layout.ts'

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
