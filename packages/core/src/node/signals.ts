import { win32 } from 'node:path'
import { execaSync } from 'execa'

/**
 * Sends a signal to a process, or to a group as a negative number. False when there is none, and when the system
 * could not end it.
 */
export function sendSignal(pid: number, signal: NodeJS.Signals | 0): boolean {
  // 0 is our own group, -1 is everybody, 1 is the machine's own.
  if (!Number.isSafeInteger(pid) || Math.abs(pid) <= 1) return false
  if (process.platform === 'win32' && signal !== 0) return endWindowsTree(Math.abs(pid))
  try {
    return process.kill(pid, signal)
  } catch (error) {
    // It is there, but another user's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** The exit status of `taskkill` with these arguments; undefined when it could not be run. */
export type TaskKill = (args: readonly string[]) => number | undefined

/**
 * Ends a process of Windows and all its descendants; there is no way to ask politely. Where `taskkill` fails (it is
 * missing, or may not end one of them), the process itself is ended. Says whether that process was ended: false also
 * when there was none (https://learn.microsoft.com/windows-server/administration/windows-commands/taskkill).
 */
export function endWindowsTree(
  pid: number,
  taskKill: TaskKill = runTaskKill,
  end: (pid: number) => boolean = (one) => process.kill(one, 'SIGKILL'),
): boolean {
  if (taskKill(['/PID', String(pid), '/T', '/F']) === 0) return true
  try {
    return end(pid)
  } catch {
    return false
  }
}

/** By its whole path: a program of that name in the checkout must not run. */
function runTaskKill(args: readonly string[]): number | undefined {
  const { SystemRoot, PATH } = process.env
  const file = SystemRoot === undefined ? 'taskkill' : win32.join(SystemRoot, 'System32', 'taskkill.exe')
  const run = execaSync(file, args, {
    env: { SystemRoot, PATH },
    extendEnv: false,
    reject: false,
    stdio: 'ignore',
    timeout: 10_000,
    verbose: 'none',
  })
  return run.exitCode
}
