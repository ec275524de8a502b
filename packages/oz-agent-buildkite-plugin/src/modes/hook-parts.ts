import { join } from 'node:path'
import type { CiHost, InputProblem, Milliseconds, RawInputs } from '@oz-agent/core'
import { createBuildkiteHost, type HostParts } from '../host/buildkite-host.ts'
import { cacheFolder } from '../job/cache-folder.ts'
import { createWorkingTree, type Snapshot } from '../patch/working-tree.ts'

/** What a command hook works with. */
export interface HookParts extends Omit<HostParts, 'prepareInputs' | 'spent' | 'patch'> {
  readonly problems: readonly InputProblem[]
}

interface HostExtras {
  prepareInputs?(inputs: RawInputs): RawInputs
  spent?(): Milliseconds
}

/** How long looking at the checkout may take before the agent starts; without that there is no patch. */
const SNAPSHOT_LIMIT: Milliseconds = 20_000

/** Buildkite's host with a patch of what changes from `noteState` on. */
export function createHookHost(parts: HookParts, extras: HostExtras = {}) {
  const { configuration, checkout, folders, env, ports } = parts
  const scratch = join(folders.jobFolder, `patch-${folders.use}`)
  const leftOut = cacheFolder(checkout, configuration.own['cache-folder'])
  const tree = createWorkingTree(checkout, scratch, env, ports, leftOut)
  let before: Snapshot | undefined
  const host: CiHost = createBuildkiteHost({
    ...parts,
    ...extras,
    patch: async (limit) => (before === undefined ? undefined : tree.patchSince(before, limit)),
  })
  return {
    host,
    /** Remembers the checkout as it is now. */
    async noteState(): Promise<void> {
      if (!configuration.own['upload-artifacts']) return
      await ports.files.makeFolder(scratch, { mode: 0o700 })
      before = await tree.snapshot(SNAPSHOT_LIMIT)
    },
  }
}
