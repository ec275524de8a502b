import { randomBytes } from 'node:crypto'
import { dirname, join } from 'node:path'
import * as z from 'zod'
import type { Milliseconds } from '../contract/duration.ts'
import { RunnerError } from '../errors.ts'
import { markUse, prune } from './prune.ts'
import type { CliContext, CliPorts, CliSearch, Finding } from './search.ts'
import type { Layout } from './store.ts'
import { diskFailure, type InPlace, takeInstalled } from './unpack.ts'
import { errnoOf } from './verify.ts'

const HEARTBEAT: Milliseconds = 2_000
/** A lock whose holder cannot be seen from here, or does not move, is taken over after this long without a heartbeat. */
const STALE_AFTER: Milliseconds = 30_000
const POLL: Milliseconds = 200

/** A lock that this process holds. */
export interface Lock {
  readonly token: string
  /** False when another process took the lock over, because we seemed dead. */
  isMine(): Promise<boolean>
}

/**
 * Runs a task while no other process holds the lock. The lock is a folder that is renamed into place with its holder's
 * name inside, so that it is never seen without one. A dead holder's lock is taken over at once.
 * The lock only saves work: an install is right without it, because finished versions are renamed into place too.
 */
export async function withLock<Result>(
  path: string,
  context: CliContext,
  task: (lock: Lock) => Promise<Result>,
): Promise<Result> {
  const holder = await thisHolder(context.ports)
  await acquire(path, holder, context)
  const isMine = async () => (await holderOf(path, context))?.token === holder.token
  const stopBeating = beat(path, holder, isMine, context)
  try {
    return await task({ token: holder.token, isMine })
  } finally {
    stopBeating()
    if (await isMine()) await discard(path, holder.token, context)
  }
}

async function acquire(path: string, holder: Holder, context: CliContext): Promise<void> {
  const { clock } = context.ports
  let seen: { readonly text: string; readonly since: number } | undefined
  let told = false
  for (;;) {
    context.signal?.throwIfAborted()
    const found = await holderText(path, context)
    if (found === undefined && (await place(path, holder, context))) return
    // Someone was quicker, or the lock is damaged and names nobody: then it is stale when it stays so.
    const text = found ?? ''
    if (seen?.text !== text) seen = { text, since: clock.elapsed() }
    const current = readHolder(text)
    const fate = current === undefined ? 'unknown' : await fateOf(current, context.ports)
    if (fate === 'ended' || clock.elapsed() - seen.since > STALE_AFTER) {
      await takeOver(path, current?.token, holder, context)
      continue
    }
    if (!told) {
      context.say('info', `Waiting for process ${current?.pid ?? '(unknown)'}, which is installing the CLI.`)
    }
    told = true
    await clock.sleep(POLL, context.signal)
  }
}

/** Whether the lock is ours now. */
async function place(path: string, holder: Holder, { ports }: CliContext): Promise<boolean> {
  const { files } = ports
  const beside = join(dirname(path), `.new-${holder.token}`)
  try {
    await files.makeFolder(beside)
    await files.write(join(beside, 'holder.json'), beatText(holder, 0))
    await files.rename(beside, path)
    return true
  } catch (error) {
    await files.remove(beside)
    if (['ENOTEMPTY', 'EEXIST'].includes(errnoOf(error))) return false
    throw error
  }
}

/** Moves a dead lock away. Of several that try, one moves it; whoever moves a living one by mistake puts it back. */
async function takeOver(
  path: string,
  token: string | undefined,
  holder: Holder,
  context: CliContext,
): Promise<void> {
  const { files } = context.ports
  const aside = join(dirname(path), `.stale-${holder.token}`)
  try {
    await files.rename(path, aside)
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return
    throw error
  }
  if ((await holderOf(aside, context))?.token !== token)
    await files.rename(aside, path).catch(() => undefined)
  await files.remove(aside)
}

async function discard(path: string, token: string, { ports }: CliContext): Promise<void> {
  const aside = join(dirname(path), `.stale-${token}`)
  await ports.files.rename(path, aside).catch(() => undefined)
  await ports.files.remove(aside)
}

/** Changes the lock's content every now and then, so that others see us live. */
function beat(
  path: string,
  holder: Holder,
  isMine: () => Promise<boolean>,
  { ports }: CliContext,
): () => void {
  let count = 0
  let stopped = false
  let cancel = () => {}
  const next = () => {
    cancel = ports.clock.after(HEARTBEAT, async () => {
      count += 1
      // A heartbeat that fails is one that others miss; nothing depends on a single one.
      const mine = await isMine().catch(() => false)
      if (mine && !stopped)
        await ports.files.write(join(path, 'holder.json'), beatText(holder, count)).catch(() => undefined)
      if (!stopped) next()
    })
  }
  next()
  return () => {
    stopped = true
    cancel()
  }
}

const beatText = (holder: Holder, count: number) => JSON.stringify({ ...holder, beat: count })

async function holderText(path: string, { ports }: CliContext): Promise<string | undefined> {
  return ports.files.readText(join(path, 'holder.json')).catch(() => undefined)
}

async function holderOf(path: string, context: CliContext): Promise<Holder | undefined> {
  const text = await holderText(path, context)
  return text === undefined ? undefined : readHolder(text)
}

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
