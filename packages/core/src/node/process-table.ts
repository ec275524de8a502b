import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { ProcessRow } from '../ports.ts'

/** How one operating system shows its processes. */
export interface ProcessView {
  list(): Promise<readonly ProcessRow[]>
  startTime(pid: number): Promise<string | undefined>
  withVariable(name: string, value: string): Promise<readonly number[]>
}

/** The fields of `/proc/<pid>/stat` that matter here (https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html). */
export interface LinuxStat extends ProcessRow {
  readonly state: string
  /** In clock ticks since the machine started. */
  readonly startTicks: string
}

/** Reads one `stat` line; the command in it may hold spaces and parentheses. Undefined when it is no such line. */
export function parseLinuxStat(line: string): LinuxStat | undefined {
  const pid = Number.parseInt(line, 10)
  const fields = line
    .slice(line.lastIndexOf(')') + 1)
    .trim()
    .split(' ')
  const [state, parent, group] = fields
  const startTicks = fields[19]
  if (Number.isNaN(pid) || state === undefined || startTicks === undefined) return undefined
  return { pid, parent: Number(parent), group: Number(group), state, startTicks }
}

/** Whether an `environ` block (entries that end with NUL) holds exactly this variable. */
export function holdsVariable(environ: Buffer, name: string, value: string): boolean {
  const entry = Buffer.from(`${name}=${value}\0`)
  for (let at = environ.indexOf(entry); at !== -1; at = environ.indexOf(entry, at + 1)) {
    if (at === 0 || environ[at - 1] === 0) return true
  }
  return false
}

/** Linux shows everything as files: no process is needed to look at processes. */
export function createLinuxView(proc = '/proc'): ProcessView {
  const stats = (): LinuxStat[] =>
    numbersIn(proc).flatMap((pid) => {
      const stat = statOf(proc, pid)
      return stat === undefined || isDead(stat) ? [] : [stat]
    })
  return {
    async list() {
      return stats().map(({ pid, parent, group }) => ({ pid, parent, group }))
    },
    async startTime(pid) {
      const stat = statOf(proc, pid)
      if (stat === undefined || isDead(stat)) return undefined
      const boot = read(join(proc, 'sys/kernel/random/boot_id'))?.toString().trim() ?? ''
      return `${boot}/${stat.startTicks}`
    },
    async withVariable(name, value) {
      // The environment of a zombie is empty.
      return numbersIn(proc).filter((pid) => {
        if (!isOwn(join(proc, String(pid)))) return false
        const environ = read(join(proc, String(pid), 'environ'))
        return environ !== undefined && holdsVariable(environ, name, value)
      })
    },
  }
}

/** Whether a process belongs to this user: root may signal everybody's, and must not because of a variable. */
function isOwn(folder: string): boolean {
  try {
    return statSync(folder).uid === process.getuid?.()
  } catch {
    return false
  }
}

/** A zombie runs no more: it only waits for its parent to notice, and no signal changes that. */
function isDead({ state }: LinuxStat): boolean {
  return state === 'Z' || state === 'X' || state === 'x'
}

/** None where `/proc` is not mounted: then the group is all that can be reached. */
function numbersIn(folder: string): number[] {
  try {
    return readdirSync(folder)
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
  } catch {
    return []
  }
}

function statOf(proc: string, pid: number): LinuxStat | undefined {
  const line = read(join(proc, String(pid), 'stat'))
  return line === undefined ? undefined : parseLinuxStat(line.toString('latin1'))
}

/** Undefined for a process that ended meanwhile or belongs to somebody else. */
function read(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}

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

/** Windows has no groups and shows no environments: the tree is found and ended by `taskkill` in one go. */
export const windowsView: ProcessView = {
  list: async () => [],
  startTime: async () => undefined,
  withVariable: async () => [],
}
