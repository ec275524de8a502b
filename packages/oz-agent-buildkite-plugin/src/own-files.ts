import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Files } from '@oz-agent/core'

/** The folders of the plugin with what the Buildkite agent and the hooks start. */
const FOLDERS = ['hooks', 'shell', 'dist']

/** The plugin's own files as they were before anything of the job ran. */
export interface OwnFiles {
  /** Their sums as `sha256sum --check` reads them, relative to the plugin's folder. */
  readonly sums: string
  /**
   * Puts back what was changed since, removed or added, and returns those names. A plugin that is vendored stands in
   * the checkout, where the agent works: a later hook of it would run what the agent wrote, with the job's environment.
   */
  putBack(): Promise<readonly string[]>
}

type Used = Pick<Files, 'info' | 'isLink' | 'list' | 'makeFolder' | 'readBytes' | 'remove' | 'write'>

interface OwnFile {
  readonly bytes: Uint8Array
  readonly mode: number
}

/** Reads them. @param root the folder with `plugin.yml`. */
export async function readOwnFiles(root: string, files: Used): Promise<OwnFiles> {
  const own = await filesIn(root, files)
  const sums = [...own].map(([name, { bytes }]) => `${sha256(bytes)}  ${name}\n`).join('')
  return {
    sums,
    async putBack() {
      const wrong: string[] = []
      for (const folder of FOLDERS) {
        if (await files.isLink(join(root, folder))) await files.remove(join(root, folder))
      }
      const now = await filesIn(root, files)
      for (const [name, { bytes, mode }] of own) {
        const found = now.get(name)
        if (found !== undefined && found.mode === mode && Buffer.compare(found.bytes, bytes) === 0) continue
        wrong.push(name)
        const path = join(root, name)
        await files.remove(path)
        await files.makeFolder(join(path, '..'))
        await files.write(path, bytes, { mode })
      }
      for (const folder of FOLDERS) {
        for (const entry of await entriesOf(join(root, folder), files)) {
          const name = `${folder}/${entry}`
          if (own.has(name)) continue
          wrong.push(name)
          await files.remove(join(root, name))
        }
      }
      return wrong
    },
  }
}

async function filesIn(root: string, files: Used): Promise<ReadonlyMap<string, OwnFile>> {
  const found = new Map<string, OwnFile>()
  for (const folder of FOLDERS) {
    for (const entry of [...(await entriesOf(join(root, folder), files))].sort()) {
      const path = join(root, folder, entry)
      const info = (await files.isLink(path)) ? undefined : await files.info(path)
      if (info?.kind !== 'file') continue
      found.set(`${folder}/${entry}`, { bytes: await files.readBytes(path), mode: info.mode & 0o777 })
    }
  }
  return found
}

async function entriesOf(folder: string, files: Used): Promise<readonly string[]> {
  return (await files.info(folder))?.kind === 'folder' ? files.list(folder) : []
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
