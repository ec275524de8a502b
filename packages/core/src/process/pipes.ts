import type { Milliseconds } from '../contract/duration.ts'
import type { Clock } from '../ports.ts'

/** One pipe on its way to whoever takes its bytes. */
export interface Pump {
  /** Resolves when the pipe has ended and all was taken; rejects when taking failed. */
  readonly done: Promise<void>
  /** Whether a chunk is being taken right now: then it is not the pipe that we wait for. */
  busy(): boolean
  /** Bytes so far. */
  bytes(): number
}

/** Hands on each chunk as it comes, the next one when the last was taken. */
export function pump(
  source: AsyncIterable<Uint8Array>,
  take: (chunk: Uint8Array) => Promise<void> | void,
): Pump {
  let busy = false
  let bytes = 0
  const run = async (): Promise<void> => {
    for await (const chunk of source) {
      bytes += chunk.length
      busy = true
      const taken = take(chunk)
      if (taken !== undefined) await taken
      busy = false
    }
  }
  return { done: run(), busy: () => busy, bytes: () => bytes }
}

/** Waits for a promise for at most so many ms, or until the signal aborts; says whether the promise came first. */
export async function within(
  promise: Promise<unknown>,
  milliseconds: number,
  clock: Clock,
  signal?: AbortSignal,
): Promise<boolean> {
  const done = new AbortController()
  const either = signal === undefined ? done.signal : AbortSignal.any([done.signal, signal])
  try {
    return await Promise.race([promise.then(() => true), clock.sleep(milliseconds, either).then(() => false)])
  } finally {
    // Else the timer would keep this process alive for the rest of its time.
    done.abort()
  }
}

/** The run has ended. A pipe that is silent for this long is held open by another program. */
const SILENCE: Milliseconds = 500
/** The same for one that goes on writing a little now and then. */
const TRICKLE: Milliseconds = 5000
/** What a pipe can still hold after its writers are gone; more comes only from a writer that we cannot see. */
const PIPE_CAPACITY = 2 * 1024 * 1024
/** Once the run has to stop, the log gets so long to take what is there. */
const HURRIED_LIMIT: Milliseconds = 2000
const LOOK_INTERVAL: Milliseconds = 50

/**
 * Waits until the pipes of an ended run are empty, and returns whether they are. Unless the step has to stop, it waits
 * for a slow log. It gives up on pipes that another program holds open.
 */
export async function drain(pumps: readonly Pump[], stopping: () => boolean, clock: Clock): Promise<boolean> {
  const done = Promise.all(pumps.map((pump) => pump.done))
  const total = (): number => pumps.reduce((sum, pump) => sum + pump.bytes(), 0)
  const atStart = total()
  let known = atStart
  let quietSince = clock.elapsed()
  let waited = 0
  let hurriedSince: number | undefined
  while (!(await within(done, LOOK_INTERVAL, clock))) {
    const now = clock.elapsed()
    const busy = pumps.some((pump) => pump.busy())
    if (!busy) waited += LOOK_INTERVAL
    if (busy || total() !== known) quietSince = now
    known = total()
    if (stopping()) hurriedSince ??= now
    if (now - quietSince >= SILENCE || waited >= TRICKLE || known - atStart > PIPE_CAPACITY) return false
    if (hurriedSince !== undefined && now - hurriedSince >= HURRIED_LIMIT) return false
  }
  return true
}
