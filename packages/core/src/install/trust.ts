import { join } from 'node:path'
import type { Files, LinkInfo } from '../ports.ts'

const GROUP_OR_WORLD_WRITES = 0o022
const WORLD_WRITES = 0o002
/** In such a folder nobody may rename or remove what belongs to another user. */
const STICKY = 0o1000

/** The modes of what is kept in the tool folder: nobody but the owner may change it. */
export const FOLDER_MODE = { mode: 0o755 }
export const FILE_MODE = { mode: 0o644 }

/** Why another user of this machine could have made or changed what stands at a path; undefined where none could. Pure. */
export function distrustOf(info: LinkInfo): string | undefined {
  if (info.kind === 'link') return 'is a link'
  if (info.owner === 'other') return 'belongs to another user'
  return (info.mode & GROUP_OR_WORLD_WRITES) === 0 ? undefined : 'may be written to by other users'
}

/**
 * The same for a folder of the user's own, which may be a link of theirs, be shared with their group, or be one like
 * `/tmp`. Pure.
 */
export function distrustOfRoot(info: LinkInfo): string | undefined {
  if (info.owner === 'other') return 'belongs to another user'
  if (info.kind === 'link') return undefined
  return (info.mode & (WORLD_WRITES | STICKY)) === WORLD_WRITES ? 'may be written to by all users' : undefined
}

/** Why nothing in the tool folder may be used, as the end of a sentence; undefined where it may. What is not there is fine. */
export async function distrustOfToolFolder(
  toolFolder: string,
  channelFolder: string,
  files: Files,
): Promise<string | undefined> {
  const root = await files.linkInfo(toolFolder)
  if (root === undefined) return undefined
  const why =
    distrustOfRoot(root) ?? (root.kind === 'link' ? await distrustOfTarget(toolFolder, files) : undefined)
  if (why !== undefined) return `${toolFolder} ${why}`
  return distrustOfAny([join(channelFolder, '..'), channelFolder], files)
}

async function distrustOfTarget(link: string, files: Files): Promise<string | undefined> {
  const target = await files.realPath(link).catch(() => undefined)
  const info = target === undefined ? undefined : await files.linkInfo(target)
  return info === undefined ? undefined : distrustOfRoot(info)
}

/** Why the first of some paths is not to be trusted that is there and is not, as the end of a sentence. */
export async function distrustOfAny(paths: readonly string[], files: Files): Promise<string | undefined> {
  for (const path of paths) {
    const info = await files.linkInfo(path)
    const why = info === undefined ? undefined : distrustOf(info)
    if (why !== undefined) return `${path} ${why}`
  }
  return undefined
}
