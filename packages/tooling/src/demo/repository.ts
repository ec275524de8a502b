import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'

/** Makes a git repository with one commit of these files in an existing empty folder. */
export async function makeRepository(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) await writeFile(join(folder, path), text)
  const identity = ['-c', 'user.name=Demo', '-c', 'user.email=demo@example.com']
  await execa('git', ['init', '--quiet', '--initial-branch=main'], { cwd: folder })
  await execa('git', ['add', '.'], { cwd: folder })
  await execa('git', [...identity, 'commit', '--quiet', '--message', 'A greeting'], { cwd: folder })
}
