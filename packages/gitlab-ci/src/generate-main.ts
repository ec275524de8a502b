import { mkdir, readdir, readFile, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { runGenerator } from './generator/generator.ts'
import type { Repository } from './generator/plan.ts'
import type { ProgramFile } from './template/program.ts'

// From the path of this program: a bundler would read `new URL(…, import.meta.url)` as a file to pack.
const JOB_PROGRAM = resolve(dirname(process.argv[1] ?? '.'), '../job/index.js')

// A reader such as `head` may close the output early.
process.stdout.on('error', () => {})

process.exitCode = await runGenerator(process.argv.slice(2), {
  repository: (folder) => openRepository(resolve(folder)),
  program: (file) => readProgramFile(file === undefined ? JOB_PROGRAM : resolve(file)),
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
})

/** The repository in a folder of this machine. */
function openRepository(root: string): Repository {
  return {
    async exists() {
      const info = await stat(root).catch(() => undefined)
      return info?.isDirectory() ?? false
    },
    async outerRoot() {
      for (let folder = root; ; folder = dirname(folder)) {
        const isGit = (await stat(join(folder, '.git')).catch(() => undefined)) !== undefined
        if (isGit) return folder === root ? undefined : folder
        if (dirname(folder) === folder) return undefined
      }
    },
    read: (path) => readIfThere(resolve(root, path)),
    list: (folder) => listFiles(root, folder.replace(/\/$/, '')),
    async remove(path) {
      await rm(resolve(root, path))
      // Stops at the first folder that is not empty.
      for (let folder = dirname(resolve(root, path)); folder !== root; folder = dirname(folder)) {
        const isGone = await rmdir(folder).then(
          () => true,
          () => false,
        )
        if (!isGone) return
      }
    },
    async write(path, content) {
      const target = resolve(root, path)
      const fresh = `${target}.new`
      await mkdir(dirname(target), { recursive: true })
      try {
        await writeFile(fresh, content)
        await rename(fresh, target)
      } catch (error) {
        await rm(fresh, { force: true })
        throw error
      }
    },
  }
}

/** The files below a folder, by their paths from the root; links are not followed. */
async function listFiles(root: string, folder: string): Promise<readonly string[]> {
  const start = resolve(root, folder)
  if ((await stat(start).catch(() => undefined)) === undefined) return []
  const entries = await readdir(start, { withFileTypes: true })
  const found = entries.map(async (entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (entry.isFile()) return [path]
    const isSkipped = entry.name === '.git' || entry.name === 'node_modules'
    return entry.isDirectory() && !isSkipped ? listFiles(root, path) : []
  })
  return (await Promise.all(found)).flat()
}

/** Reads a job program, and the licences that the build wrote beside it; undefined when there is no such file. */
async function readProgramFile(path: string): Promise<ProgramFile | undefined> {
  const bytes = await readIfThere(path, 'EISDIR')
  if (bytes === undefined) return undefined
  const licences = await readIfThere(join(dirname(path), 'licenses.txt'), 'EISDIR')
  return { bytes, licences: licences?.toString('utf8') }
}

/** undefined when there is no file; `also` is a further error code that means the same. */
async function readIfThere(path: string, also?: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    const missing: readonly unknown[] = ['ENOENT', 'ENOTDIR', also]
    if (error instanceof Error && 'code' in error && missing.includes(error.code)) return undefined
    throw error
  }
}
