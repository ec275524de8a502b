import { randomBytes } from 'node:crypto'
import * as z from 'zod'
import type { CliPorts } from '../cli-context.ts'

const holderSchema = z.object({
  pid: z.int(),
  /** Which space of process ids `pid` belongs to; containers that share a folder have different ones. */
  space: z.string(),
  token: z.string(),
})

/** A process that holds a lock or uses a version. */
export type Holder = z.infer<typeof holderSchema>

/** This process, with a fresh token. */
export async function thisHolder(ports: CliPorts): Promise<Holder> {
  return { pid: ports.machine.pid, space: await pidSpace(ports), token: randomBytes(6).toString('hex') }
}

/** undefined for anything that is no holder, half-written files included. */
export function readHolder(text: string): Holder | undefined {
  try {
    return holderSchema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

/** Whether a process surely has ended, surely lives, or cannot be seen from here. */
export async function fateOf(holder: Holder, ports: CliPorts): Promise<'ended' | 'alive' | 'unknown'> {
  if (holder.space === 'unknown' || holder.space !== (await pidSpace(ports))) return 'unknown'
  // The first process of a space lives as long as the space.
  return holder.pid === 1 || ports.processes.signal(holder.pid, 0) ? 'alive' : 'ended'
}

/**
 * Names the space of process ids by the boot of the machine and the start of its first process: field 22 of
 * https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html. macOS has one space.
 */
async function pidSpace({ files, machine }: CliPorts): Promise<string> {
  if (machine.platform !== 'linux') return 'machine'
  try {
    const [boot, first] = await Promise.all([
      files.readText('/proc/sys/kernel/random/boot_id'),
      files.readText('/proc/1/stat'),
    ])
    // The name in field 2 may hold spaces; what follows its bracket does not.
    const started = first.slice(first.lastIndexOf(')') + 2).split(' ')[19]
    return `${boot.trim()}/${started}`
  } catch {
    return 'unknown'
  }
}
