import { killWindowsTree } from './windows-processes.ts'

/** Sends a signal to a process, or to a group as a negative number; false when there is none. */
export function sendSignal(pid: number, signal: NodeJS.Signals | 0): boolean {
  // 0 is our own group, -1 is everybody, 1 is the machine's own.
  if (!Number.isSafeInteger(pid) || Math.abs(pid) <= 1) return false
  if (process.platform === 'win32' && signal !== 0) return killWindowsTree(Math.abs(pid))
  try {
    return process.kill(pid, signal)
  } catch (error) {
    // It is there, but another user's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
