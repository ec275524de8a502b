import { spawnSync } from 'node:child_process'
import type { ProcessView } from './process-view.ts'

/** Windows has no groups and shows no environments: the tree is found and ended by `taskkill` in one go. */
export const windowsView: ProcessView = {
  list: async () => [],
  startTime: async () => undefined,
  withVariable: async () => [],
}

/**
 * Ends a process and all its descendants; there is no way to ask politely.
 * False when there was none (https://learn.microsoft.com/windows-server/administration/windows-commands/taskkill).
 */
export function killWindowsTree(pid: number): boolean {
  const { status } = spawnSync('taskkill', ['/PID', String(pid), '/T', '/F'], {
    stdio: 'ignore',
    windowsHide: true,
  })
  return status === 0
}
