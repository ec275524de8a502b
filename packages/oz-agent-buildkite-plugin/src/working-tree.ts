import { isAbsolute, join, relative } from 'node:path'
import type { Environment, Milliseconds, Ports } from '@oz-agent/core'

/** The state of a checkout at one moment: the id of a git tree that is stored in a folder of ours. */
export interface Snapshot {
  readonly tree: string
}

/** Takes the state of a checkout and its changes. The checkout's own index and objects stay as they are. */
export interface WorkingTree {
  /** Undefined when the folder is no checkout, or git did not finish in time. */
  snapshot(limit: Milliseconds): Promise<Snapshot | undefined>
  /** The patch from then to now, with binary files. Empty when nothing changed, undefined when git failed. */
  patchSince(before: Snapshot, limit: Milliseconds): Promise<string | undefined>
}

/** A larger patch is not kept. */
const MAX_PATCH_BYTES = 64 * 1_048_576

/**
 * Compares trees rather than the index or HEAD. So what the job changed before is no part of the patch, and commits
 * of the agent are. https://git-scm.com/docs/git#_environment_variables
 * @param leftOut a folder whose changes are no part of the patch.
 */
export function createWorkingTree(
  checkout: string,
  scratch: string,
  env: Environment,
  { processes, files }: Pick<Ports, 'processes' | 'files'>,
  leftOut?: string,
): WorkingTree {
  const plain = withoutGitVariables(env)

  async function git(
    args: readonly string[],
    limit: Milliseconds,
    extra: Environment = {},
  ): Promise<string | undefined> {
    const command = { file: 'git', args, env: { ...plain, ...extra }, cwd: checkout }
    try {
      const { exit, stdout, timedOut } = await processes.run(command, {
        timeout: limit,
        maxBytes: MAX_PATCH_BYTES + 1,
      })
      return !timedOut && exit.kind === 'code' && exit.code === 0 ? stdout : undefined
    } catch {
      // This machine has no git.
      return undefined
    }
  }

  /** By its real path, as git refuses a path behind a link. None when the folder is outside the checkout. */
  async function exclusion(): Promise<readonly string[]> {
    if (leftOut === undefined || (await files.info(leftOut)) === undefined) return []
    const path = relative(await files.realPath(checkout), await files.realPath(leftOut))
    return path.startsWith('..') || isAbsolute(path) ? [] : [`:(exclude,literal)${path}`]
  }

  async function withOwnStore(limit: Milliseconds): Promise<Environment | undefined> {
    const objects = (
      await git(['rev-parse', '--path-format=absolute', '--git-path', 'objects'], limit)
    )?.trim()
    if (!objects) return undefined
    await files.makeFolder(join(scratch, 'objects'), { mode: 0o700 })
    return { GIT_OBJECT_DIRECTORY: join(scratch, 'objects'), GIT_ALTERNATE_OBJECT_DIRECTORIES: objects }
  }

  async function snapshot(limit: Milliseconds): Promise<Snapshot | undefined> {
    const store = await withOwnStore(limit)
    const index = (await git(['rev-parse', '--path-format=absolute', '--git-path', 'index'], limit))?.trim()
    if (store === undefined || !index) return undefined
    const ownIndex = { ...store, GIT_INDEX_FILE: join(scratch, 'index') }
    // A copy of the index knows which files did not change, so git only reads the others.
    if ((await files.info(index)) !== undefined) {
      await files.write(join(scratch, 'index'), await files.readBytes(index))
    }
    const everything = ['.', ...(await exclusion())]
    if ((await git(['add', '--all', '--', ...everything], limit, ownIndex)) === undefined) return undefined
    const tree = (await git(['write-tree'], limit, ownIndex))?.trim()
    return tree ? { tree } : undefined
  }

  return {
    snapshot,
    async patchSince(before, limit) {
      const now = await snapshot(limit)
      const store = await withOwnStore(limit)
      if (now === undefined || store === undefined) return undefined
      if (now.tree === before.tree) return ''
      const options = ['--binary', '--full-index', '--no-color', '--no-ext-diff', '--no-textconv']
      const patch = await git(['diff', ...options, before.tree, now.tree], limit, store)
      return patch !== undefined && Buffer.byteLength(patch) <= MAX_PATCH_BYTES ? patch : undefined
    },
  }
}

/** A job may point git to another place (GIT_DIR, GIT_INDEX_FILE …), but we want the checkout. */
function withoutGitVariables(env: Environment): Environment {
  const ours =
    /^GIT_(DIR|WORK_TREE|INDEX_FILE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|NAMESPACE|PREFIX)$/
  return {
    ...Object.fromEntries(Object.entries(env).filter(([name]) => !ours.test(name))),
    GIT_OPTIONAL_LOCKS: '0',
  }
}
