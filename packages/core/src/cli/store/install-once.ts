import { join } from 'node:path'
import { RunnerError } from '../../errors.ts'
import type { CliSearch, Finding } from '../cli-context.ts'
import { diskFailure } from './disk-failure.ts'
import type { InPlace } from './install-archive.ts'
import type { Layout } from './layout.ts'
import { type Lock, withLock } from './lock.ts'
import { prune } from './prune.ts'
import { takeInstalled } from './take-installed.ts'
import { markUse } from './uses.ts'

/** Puts a version in place, working only in the given folder; undefined when it cannot, which is no error. */
export type Installer = (staging: string, layout: Layout) => Promise<InPlace | undefined>

export interface InstallJob {
  readonly source: 'platform-cache' | 'download'
  readonly version: string | undefined
  readonly install: Installer
  /** Said when the installer had nothing. */
  readonly otherwise: string
}

/** Only a process that was taken for dead loses its lock; twice in a row is bad luck enough. */
const TAKEOVERS = 3

/**
 * Installs under the lock of a version, unless another process has done it by then.
 * The working folder is removed whatever happens; those of dead holders of the same lock are, too.
 */
export async function installOnce(job: InstallJob, search: CliSearch): Promise<Finding> {
  const layout = await search.layout()
  const { context } = search
  const { files } = context.ports
  const name = job.version ?? 'latest'
  try {
    await files.makeFolder(layout.folder)
    for (let round = 1; ; round++) {
      const finding = await withLock(layout.lock(name), context, async (lock) => {
        const meanwhile = job.version === undefined ? undefined : await takeInstalled(job.version, search)
        if (meanwhile?.cli !== undefined) return meanwhile
        return withStaging(name, lock, layout, search, round === TAKEOVERS, (staging) =>
          run(job, staging, layout, search),
        )
      })
      if (finding !== undefined) return finding
    }
  } catch (error) {
    throw diskFailure(error, join(layout.folder, name)) ?? error
  }
}

async function run(
  job: InstallJob,
  staging: string,
  layout: Layout,
  { context }: CliSearch,
): Promise<Finding> {
  const placed = await job.install(staging, layout)
  if (placed === undefined) return { why: job.otherwise }
  await markUse(placed.entry, layout, context)
  await prune(placed.entry, layout, context)
  const { path, version, sha256 } = placed
  return { cli: { path, version, sha256, source: job.source }, why: `taken, installed ${version} as ${path}` }
}

/** Runs a task in a fresh folder; undefined when it failed because another process took the lock and with it the folder. */
async function withStaging(
  name: string,
  lock: Lock,
  layout: Layout,
  { context }: CliSearch,
  lastRound: boolean,
  task: (staging: string) => Promise<Finding>,
): Promise<Finding | undefined> {
  const { files } = context.ports
  const staging = layout.staging(name, lock.token)
  const prefix = layout.staging(name, '')
  for (const other of await files.list(layout.folder)) {
    const path = join(layout.folder, other)
    if (path.startsWith(prefix)) await files.remove(path)
  }
  await files.makeFolder(staging, { mode: 0o700 })
  try {
    return await task(staging)
  } catch (error) {
    if (lastRound || error instanceof RunnerError || (await lock.isMine())) throw error
    return undefined
  } finally {
    await files.remove(staging)
  }
}
