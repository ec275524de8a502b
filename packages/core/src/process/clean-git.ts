import { join } from 'node:path'
import type { Milliseconds } from '../contract/duration.ts'
import type { CompletedProcess, Environment, Ports } from '../ports.ts'

/** How long a command of git may take, and how much it may print. */
export interface GitLimits {
  readonly timeout: Milliseconds
  readonly maxBytes?: number
}

/** git on the files of a checkout, with nothing of the checkout's own configuration. */
export interface CleanGit {
  /** Rejects only when this machine has no git. */
  run(args: readonly string[], limits: GitLimits): Promise<CompletedProcess>
  /** The commit that is checked out; undefined when there is none. */
  readonly head: string | undefined
}

/** A larger index is not copied: git then reads every file. */
const MAX_INDEX_BYTES = 256 * 1_048_576

/**
 * Opens a checkout for git so that nothing runs which the author of a commit or the agent planted: no filter, hook, file
 * system monitor, external diff or helper. A configuration names those, and that of a checkout can be changed at any
 * time. So git works in a repository of its own, with the checkout's files, a copy of its index, and its objects to read
 * only; it has no variables of the job but PATH, and no settings of the machine or of the user.
 * Undefined when the folder is no checkout, or git did not finish in time.
 * @param scratch an existing folder of ours for that repository; a later call with the same folder continues it.
 * https://git-scm.com/docs/git#_environment_variables, https://git-scm.com/docs/gitattributes
 */
export async function openCleanGit(
  checkout: string,
  scratch: string,
  env: Environment,
  { processes, files }: Pick<Ports, 'processes' | 'files'>,
  timeout: Milliseconds,
): Promise<CleanGit | undefined> {
  const repository = join(scratch, 'repository')
  const index = join(scratch, 'index')
  const plain = cleanEnvironment(env, scratch)
  const looking = { file: 'git', env: plain, cwd: checkout }
  const ask = async (...args: readonly string[]): Promise<string | undefined> => {
    const options = ['-c', 'safe.directory=*', '-c', 'core.fsmonitor=', '-c', 'core.hooksPath=/dev/null']
    return outputOf(
      await processes.run({ ...looking, args: [...options, 'rev-parse', ...args] }, { timeout }),
    )
  }
  const pathOf = (name: string) => ask('--path-format=absolute', '--git-path', name)

  // `rev-parse` only looks up names.
  const root = await ask('--show-toplevel')
  const objects = root && (await pathOf('objects'))
  const format = root && (await ask('--show-object-format'))
  if (!root || !objects || !format) return undefined
  const head = await ask('--verify', '--quiet', 'HEAD')
  const excludes = (await pathOf('info/exclude')) ?? ''

  const own = ['init', '--quiet', '--template=', `--object-format=${format}`, repository]
  const made = await processes.run({ file: 'git', args: own, env: plain, cwd: scratch }, { timeout })
  if (outputOf(made) === undefined) return undefined
  // A copy of the index knows which files did not change, so git only reads the others.
  const theirs = await pathOf('index')
  const info = theirs ? await files.info(theirs) : undefined
  if (theirs && info?.kind === 'file' && info.size <= MAX_INDEX_BYTES) {
    await files.write(index, await files.readBytes(theirs))
  }
  if (head !== undefined) await files.write(join(repository, '.git', 'HEAD'), `${head}\n`)

  const within = {
    ...plain,
    GIT_DIR: join(repository, '.git'),
    GIT_WORK_TREE: root,
    GIT_INDEX_FILE: index,
    GIT_ALTERNATE_OBJECT_DIRECTORIES: objects,
  }
  return {
    head,
    run: (args, limits) =>
      processes.run(
        {
          file: 'git',
          args: [...SETTINGS, '-c', `core.excludesFile=${excludes}`, ...args],
          env: within,
          cwd: checkout,
        },
        limits,
      ),
  }
}

/** The repository of ours has no configuration that would say otherwise. A submodule has one: git is not to look into it. */
const SETTINGS = [
  ...['core.fsmonitor=', 'core.hooksPath=/dev/null', 'core.attributesFile=/dev/null'],
  ...['diff.ignoreSubmodules=dirty', 'submodule.recurse=false', 'gc.auto=0'],
].flatMap((setting) => ['-c', setting])

/** What git gets of the job's variables: where programs are, and what Windows needs to start any. */
const KEPT = /^(PATH|SYSTEMROOT|WINDIR|COMSPEC|PATHEXT|TEMP|TMP|TMPDIR|GIT_CEILING_DIRECTORIES)$/i

function cleanEnvironment(env: Environment, home: string): Environment {
  return {
    ...Object.fromEntries(Object.entries(env).filter(([name]) => KEPT.test(name))),
    HOME: home,
    XDG_CONFIG_HOME: home,
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    // Objects that a partial clone lacks would be fetched by a program that the checkout names.
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: 'none',
  }
}

/** What a command printed, without space around it; undefined when it failed. */
function outputOf({ exit, stdout, timedOut }: CompletedProcess): string | undefined {
  return !timedOut && exit.kind === 'code' && exit.code === 0 ? stdout.trim() : undefined
}
