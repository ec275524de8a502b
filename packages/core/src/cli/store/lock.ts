import { dirname, join } from 'node:path'
import type { Milliseconds } from '../../contract/duration.ts'
import type { CliContext } from '../cli-context.ts'
import { errnoOf } from '../start-attempt.ts'
import { fateOf, type Holder, readHolder, thisHolder } from './holder.ts'

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
