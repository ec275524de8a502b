import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ProcessRow } from '../ports.ts'
import type { ProcessView } from './process-view.ts'

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
        const environ = read(join(proc, String(pid), 'environ'))
        return environ !== undefined && holdsVariable(environ, name, value)
      })
    },
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
