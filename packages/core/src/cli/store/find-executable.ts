import { join } from 'node:path'
import { ArchiveError } from '../../archive-error.ts'
import type { Files } from '../../ports.ts'

/** Holds the CLI's own skills, among them files whose names may start like the executable's. */
const RESOURCES = 'resources'

/**
 * The CLI's executable in an unpacked archive: the file whose name starts with `oz`, at the top, or in the one folder
 * that is there; never below `resources/`. Returns its path below `tree`; throws `ArchiveError` when there is not exactly one.
 */
export async function findExecutable(tree: string, command: string, files: Files): Promise<string> {
  const top = await listKinds(tree, files)
  const atTop = pick(top, command)
  if (atTop !== undefined) return atTop
  const folders = top.filter(({ name, kind }) => kind === 'folder' && name !== RESOURCES)
  const only = folders.length === 1 ? folders[0]?.name : undefined
  if (only !== undefined) {
    const inside = pick(await listKinds(join(tree, only), files), command)
    if (inside !== undefined) return join(only, inside)
  }
  const names = top.map(({ name, kind }) => (kind === 'folder' ? `${name}/` : name))
  throw new ArchiveError(
    `The archive holds no executable whose name starts with "oz"; at its top: ${names.slice(0, 10).join(', ') || 'nothing'}.`,
  )
}

interface Named {
  readonly name: string
  readonly kind: 'file' | 'folder' | 'other'
  readonly executable: boolean
}

async function listKinds(folder: string, files: Files): Promise<Named[]> {
  const names = (await files.list(folder)).sort()
  return Promise.all(
    names.map(async (name) => {
      const info = await files.info(join(folder, name))
      return { name, kind: info?.kind ?? 'other', executable: ((info?.mode ?? 0) & 0o111) !== 0 }
    }),
  )
}

/** Of several candidates, the command itself; else the only one; executables come before other files. Pure. */
function pick(entries: readonly Named[], command: string): string | undefined {
  const files = entries.filter(({ name, kind }) => kind === 'file' && name.startsWith('oz'))
  const runnable = files.filter(({ executable }) => executable)
  const candidates = runnable.length > 0 ? runnable : files
  const exact = candidates.find(({ name }) => name === command)
  if (exact !== undefined) return exact.name
  if (candidates.length <= 1) return candidates[0]?.name
  const names = candidates.map(({ name }) => name).join(', ')
  throw new ArchiveError(`The archive holds several executables (${names}), and none is named ${command}.`)
}
