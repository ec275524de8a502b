import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { create } from 'tar'

export const VERSION = 'v0.2026.08.19.08.14.stable_01'

/** A stand-in CLI that knows `--version`. */
export const cliScript = (version = VERSION) => `#!/bin/sh\n[ "$1" = --version ] && echo "${version}"\n`

/** Files by path; those whose name starts with `oz` are executable. */
export type Tree = Readonly<Record<string, string | Uint8Array>>

/** The tree of a release: the executable beside its resources, some of whose names start like it. */
export const releaseTree = (version = VERSION): Tree => ({
  oz: cliScript(version),
  'resources/skills/oz-review/SKILL.md': '# Review\n',
  'resources/oz-helper': '#!/bin/sh\nexit 1\n',
})

/** A gzipped tar of a tree. */
export async function archiveOf(tree: Tree): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'cli-archive-'))
  try {
    for (const [path, content] of Object.entries(tree)) {
      const file = join(folder, 'tree', path)
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, content)
      await chmod(file, /(^|\/)oz[^/]*$/.test(path) ? 0o755 : 0o644)
    }
    const file = join(folder, 'archive.tar.gz')
    const tops = [...new Set(Object.keys(tree).map((path) => path.split('/')[0] ?? ''))]
    await create({ file, cwd: join(folder, 'tree'), gzip: true, portable: true }, tops)
    return await readFile(file)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
