import { isAbsolute, relative } from 'node:path'
import { type CleanGit, type Environment, type Milliseconds, openCleanGit, type Ports } from '@oz-agent/core'

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

const DIFF = ['--binary', '--full-index', '--no-color', '--no-ext-diff', '--no-textconv', '--submodule=short']

/**
 * Compares trees rather than the index or HEAD. So what the job changed before is no part of the patch, and commits
 * of the agent are. Nothing runs that the checkout configures.
 * @param scratch an existing folder of ours.
 * @param leftOut a folder whose changes are no part of the patch.
 */
export function createWorkingTree(
  checkout: string,
  scratch: string,
  env: Environment,
  ports: Pick<Ports, 'processes' | 'files'>,
  leftOut?: string,
): WorkingTree {
  const { files } = ports

  async function open(limit: Milliseconds): Promise<CleanGit | undefined> {
    try {
      return await openCleanGit(checkout, scratch, env, ports, limit)
    } catch {
      // This machine has no git.
      return undefined
    }
  }

  async function output(git: CleanGit, args: readonly string[], limit: Milliseconds) {
    const { exit, stdout, timedOut } = await git.run(args, { timeout: limit, maxBytes: MAX_PATCH_BYTES + 1 })
    return !timedOut && exit.kind === 'code' && exit.code === 0 ? stdout : undefined
  }

  /** By its real path, as git refuses a path behind a link. None when the folder is outside the checkout. */
  async function exclusion(): Promise<readonly string[]> {
    if (leftOut === undefined || (await files.info(leftOut)) === undefined) return []
    const path = relative(await files.realPath(checkout), await files.realPath(leftOut))
    return path.startsWith('..') || isAbsolute(path) ? [] : [`:(exclude,literal)${path}`]
  }

  /** `add` would start git within each submodule, with the submodule's configuration. */
  async function submodules(git: CleanGit, limit: Milliseconds): Promise<readonly string[]> {
    const listed = (await output(git, ['ls-files', '--stage', '-z', '--', '.'], limit)) ?? ''
    return listed
      .split('\0')
      .filter((entry) => entry.startsWith('160000 '))
      .map((entry) => entry.slice(entry.indexOf('\t') + 1))
  }

  async function take(git: CleanGit, limit: Milliseconds): Promise<Snapshot | undefined> {
    const inner = await submodules(git, limit)
    const paths = ['.', ...(await exclusion()), ...inner.map((path) => `:(exclude,literal)${path}`)]
    if ((await output(git, ['add', '--all', '--', ...paths], limit)) === undefined) return undefined
    // Of a submodule, only the commit that is checked out counts.
    if (inner.length > 0) await output(git, ['update-index', '--add', '--remove', '--', ...inner], limit)
    const tree = (await output(git, ['write-tree'], limit))?.trim()
    return tree ? { tree } : undefined
  }

  return {
    async snapshot(limit) {
      const git = await open(limit)
      return git === undefined ? undefined : take(git, limit)
    },
    async patchSince(before, limit) {
      const git = await open(limit)
      const now = git === undefined ? undefined : await take(git, limit)
      if (git === undefined || now === undefined) return undefined
      if (now.tree === before.tree) return ''
      const patch = await output(git, ['diff', ...DIFF, before.tree, now.tree], limit)
      return patch !== undefined && Buffer.byteLength(patch) <= MAX_PATCH_BYTES ? patch : undefined
    },
  }
}
