import { basename, join } from 'node:path'
import { ArchiveError, messageOf } from '../errors.ts'
import {
  type ArchiveToInstall,
  type CliContext,
  type CliSearch,
  commandName,
  type InPlace,
  type Layout,
} from './search.ts'
import { findExecutable, makeFolderOfStep, markUse, useMark } from './store.ts'
import { FOLDER_MODE } from './trust.ts'
import { verifyUnpacked } from './verify.ts'

/** Whether an archive has the pinned sum, and the CLI that came out of it. */
export type Proof =
  | { readonly kind: 'proven'; readonly cli: InPlace }
  /** `problem` is one sentence about the archive. */
  | { readonly kind: 'changed'; readonly problem: string }

/**
 * Installs an archive where no other user and no other step can reach it: its copy in a new folder is compared with the
 * pinned sum, then unpacked and verified there. Nothing of the tool folder is started, and nothing that changes there
 * from now on is used. Rejects with `RunnerError` for a proven archive that holds no CLI that runs here.
 */
export async function installProven(
  archive: ArchiveToInstall,
  pin: string,
  { request, context }: CliSearch,
): Promise<Proof> {
  const { files, archives } = context.ports
  const folder = await makeFolderOfStep('cli-', context)
  try {
    const tree = join(folder, 'tree')
    await files.makeFolder(tree)
    const copy = join(folder, 'archive')
    const problem = await problemOf(archives.copy(archive.file, copy, context.signal), pin)
    if (problem !== undefined) {
      await files.remove(folder)
      return { kind: 'changed', problem }
    }
    await archives.unpack(copy, tree, context.signal)
    await files.remove(copy)
    const path = join(tree, await findExecutable(tree, commandName(request.channel), files))
    const version = await verifyUnpacked(path, archive, context)
    return { kind: 'proven', cli: { entry: undefined, path, version, sha256: pin } }
  } catch (error) {
    await files.remove(folder)
    throw error
  }
}

async function problemOf(copying: Promise<string>, pin: string): Promise<string | undefined> {
  try {
    const sum = await copying
    return sum === pin ? undefined : `Its SHA-256 is ${sum}, not ${pin}.`
  } catch (error) {
    if (error instanceof ArchiveError) return error.message
    throw error
  }
}

/** Archives that stay: those used last, whoever pinned them. Each takes up to `LARGEST_ARCHIVE`. */
const KEPT_ARCHIVES = 3

/**
 * Moves an archive to where later steps that pin its sum find it, and removes those not used for the longest time.
 * Best effort: a failure is only told.
 */
export async function keepForProof(
  { file, sha256 }: Pick<ArchiveToInstall, 'file' | 'sha256'>,
  layout: Layout,
  context: CliContext,
): Promise<void> {
  const { files } = context.ports
  const kept = layout.archive(sha256)
  try {
    await files.makeFolder(layout.archives, FOLDER_MODE)
    await files.rename(file, kept)
    await markUse(kept, layout, context)
    const names = (await files.list(layout.archives)).filter((name) => name !== basename(kept))
    const used = await Promise.all(
      names.map(async (name) => ({ name, at: (await files.info(useMark(name, layout)))?.modified ?? 0 })),
    )
    const old = used.sort((a, b) => b.at - a.at).slice(KEPT_ARCHIVES - 1)
    for (const { name } of old) {
      await files.remove(join(layout.archives, name))
      await files.remove(useMark(name, layout))
    }
  } catch (error) {
    context.say('info', `The archive could not be kept in ${layout.archives}: ${messageOf(error)}`)
  }
}
