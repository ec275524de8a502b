import { dirname, join } from 'node:path'
import { ArchiveError, RunnerError } from '../errors.ts'
import { installProven } from './prove.ts'
import {
  type ArchiveToInstall,
  type Cli,
  type CliContext,
  type CliSearch,
  commandName,
  type InPlace,
  type Layout,
  type ResolverResult,
} from './search.ts'
import { findExecutable, markUse, prune } from './store.ts'
import { FOLDER_MODE } from './trust.ts'
import { errnoOf, readInstalled, recordInstall, verifyInstalled, verifyUnpacked } from './verify.ts'

/** Puts a version in place, working only in the given folder; undefined when it cannot, which is no error. */
export type Install = (staging: string, layout: Layout) => Promise<InPlace | undefined>

/**
 * Runs one install in a folder that no other process uses, and removes that folder whatever happens. Several installs
 * of one version at once are right without a lock: a version is renamed into place whole, and whoever comes second
 * takes what is there.
 * @param otherwise said when the install put nothing in place.
 */
export async function installInStaging(
  source: Cli['source'],
  search: CliSearch,
  install: Install,
  otherwise: string,
): Promise<ResolverResult> {
  const layout = await search.layout()
  const { context } = search
  const { files } = context.ports
  try {
    await files.makeFolder(layout.folder, FOLDER_MODE)
    const staging = await files.makeTempFolder(layout.staging)
    try {
      const placed = await install(staging, layout)
      if (placed === undefined) return { why: otherwise }
      const { entry, path, version, sha256 } = placed
      if (entry !== undefined) await markUse(entry, layout, context)
      await prune(entry, layout, context)
      return {
        cli: { path, version, sha256, source },
        why: `taken, installed ${version} as ${path}`,
      }
    } finally {
      await files.remove(staging)
    }
  } catch (error) {
    throw diskFailure(error, join(layout.folder, 'staging')) ?? error
  }
}

/**
 * Unpacks an archive in `staging`, verifies the CLI in it by running it, and renames it into place whole. With a pinned
 * sum it is proven and unpacked in the step's private folder instead.
 * Rejects with `RunnerError` (`unavailable`) for what is wrong with the archive, the CLI or the disk.
 */
export async function installArchive(
  archive: ArchiveToInstall,
  staging: string,
  layout: Layout,
  search: CliSearch,
): Promise<InPlace> {
  const { request, context } = search
  const { files, archives } = context.ports
  const entry = join(staging, 'entry')
  const tree = join(entry, 'tree')
  try {
    if (request.sha256 !== undefined) {
      const proof = await installProven(archive, request.sha256, search)
      if (proof.kind === 'proven') return proof.cli
      throw new ArchiveError(proof.problem)
    }
    await files.remove(entry)
    await files.makeFolder(entry, FOLDER_MODE)
    await files.makeFolder(tree, FOLDER_MODE)
    await archives.unpack(archive.file, tree, context.signal)
    const executable = join('tree', await findExecutable(tree, commandName(request.channel), files))
    const version = await verifyUnpacked(join(entry, executable), archive, context)
    await recordInstall(entry, { version, sha256: archive.sha256, executable }, context)
    const { sha256 } = archive
    const place = layout.entry(version)
    const theirs = await moveIntoPlace(entry, { place, sha256 }, staging, context)
    return { entry: place, version, sha256, path: theirs ?? join(place, executable) }
  } catch (error) {
    if (error instanceof ArchiveError) throw badArchive(error, archive, context)
    throw diskFailure(error, entry) ?? error
  }
}

/** Another process may put the same version in place again and again while we look; more often than this is no chance. */
const PLACE_TRIES = 5

/**
 * Renames an unpacked version into place. What is there already is taken instead, and its path returned, when it came
 * from the same archive and runs; else it makes way.
 */
async function moveIntoPlace(
  entry: string,
  { place, sha256 }: { readonly place: string; readonly sha256: string },
  staging: string,
  context: CliContext,
): Promise<string | undefined> {
  const { files } = context.ports
  for (let tries = 1; ; tries++) {
    try {
      await files.rename(entry, place)
      return undefined
    } catch (error) {
      if (tries === PLACE_TRIES || !['ENOTEMPTY', 'EEXIST', 'EPERM', 'ENOTDIR'].includes(errnoOf(error)))
        throw error
    }
    if ((await readInstalled(place, context))?.sha256 === sha256) {
      const check = await verifyInstalled(place, context)
      if (check.kind === 'verified') return check.cli.path
    }
    try {
      await files.rename(place, join(staging, `broken-${tries}`))
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT') throw error
    }
  }
}

function badArchive(error: ArchiveError, archive: ArchiveToInstall, context: CliContext): RunnerError {
  return new RunnerError('unavailable', `${archive.origin} is no archive of the CLI. ${error.message}`, {
    remedy: `Run the job again; if it stays so, check ${context.nameOf('ozDownloadUrl')} and the proxy: something changes or replaces the file.`,
    cause: error,
  })
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
