import type { ProcessRow } from '../ports.ts'
import type { ProcessView } from './process-view.ts'

/** Runs `ps` and returns what it printed; an empty text when it failed. */
export type RunPs = (args: readonly string[]) => Promise<string>

/** Reads lines of `pid ppid pgid stat`; zombies (`Z`) are left out. */
export function parsePsTable(output: string): ProcessRow[] {
  return output.split('\n').flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)/.exec(line)
    if (match === null || match[4]?.startsWith('Z')) return []
    return [{ pid: Number(match[1]), parent: Number(match[2]), group: Number(match[3]) }]
  })
}

/** Reads lines of a number, then the command and its environment; returns the numbers of those that hold the variable. */
export function parsePsEnvironment(output: string, name: string, value: string): number[] {
  const variable = `${name}=${value}`
  return output.split('\n').flatMap((line) => {
    const [pid, ...words] = line.trim().split(/\s+/)
    return words.includes(variable) ? [Number(pid)] : []
  })
}

/**
 * macOS has no `/proc`; its `ps` shows the table, and the environment of the user's own processes
 * (not of binaries that System Integrity Protection guards, such as those in /bin).
 */
export function createMacView(ps: RunPs): ProcessView {
  return {
    async list() {
      return parsePsTable(await ps(['-axo', 'pid=,ppid=,pgid=,stat=']))
    },
    async startTime(pid) {
      const started = (await ps(['-o', 'lstart=', '-p', String(pid)])).trim()
      return started === '' ? undefined : started
    },
    async withVariable(name, value) {
      return parsePsEnvironment(await ps(['-axEwwo', 'pid=,command=']), name, value)
    },
  }
}
