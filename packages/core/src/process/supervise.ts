import type { StopCause } from '../agent/outcome.ts'
import type { WindDown } from '../ci.ts'
import type { Milliseconds } from '../contract/duration.ts'
import type { Command, ExitStatus, Ports, RunningProcess } from '../ports.ts'
import { drain, pump, within } from './pipes.ts'
import { createStopOrder, type StopOrder } from './stop.ts'
import { COOKIE_VARIABLE, type RunTree, type StopReport, stopTree, sweep, withoutLeader } from './tree.ts'

export interface Supervision {
  /** The cookie is added to its environment. */
  readonly command: Command
  /** How long the agent may show no sign of life; 0 for any time. */
  readonly startupTimeout: Milliseconds
  /** Reading of `clock.elapsed()` at which the run is out of time; undefined for never. */
  readonly timeoutAt?: Milliseconds | undefined
  readonly windDown: WindDown
  /** A random text that marks every process of this run. */
  readonly cookie: string
  /** Called once, when the process is there. */
  onStarted?(pid: number): Promise<void> | void
  /** The next chunk comes when this one was taken. */
  onStdout(chunk: Uint8Array): Promise<void> | void
  onStderr(chunk: Uint8Array): Promise<void> | void
  /** Whether the agent has shown a sign of life. */
  isAlive(): boolean
}

export interface SupervisedEnd {
  /** Undefined when the agent was never started (see `stop`) or when no signal could end it (see `left`). */
  readonly exit: ExitStatus | undefined
  /** Why it was told to stop; undefined when it ended by itself. */
  readonly stop: StopCause | undefined
  /** Readings of `clock.elapsed()`. */
  readonly timing: {
    readonly started: Milliseconds | undefined
    readonly firstOutput: Milliseconds | undefined
    readonly ended: Milliseconds
  }
  /** Processes that had to be killed. */
  readonly killed: readonly number[]
  /** Processes that no signal could end. */
  readonly left: readonly number[]
  /** Whether a pipe was given up that someone outside the run still held open. */
  readonly released: boolean
}

type Needs = Pick<Ports, 'processes' | 'clock' | 'machine' | 'stop'>

/** How long children that outlive the agent may go on writing. */
const OUTLIVE_GRACE: Milliseconds = 2000
const LEFTOVER_GRACE: Milliseconds = 1000
/** How long the system may take to tell us that a killed process has ended. */
const REAP_LIMIT: Milliseconds = 1000

/**
 * Runs the agent to its end, whichever end that is, and leaves no process of it behind.
 *
 * Nothing that the agent wrote before it ended is lost. A stop signal that arrives before this function returns
 * counts as the cause, as the CI has then ended the job whatever the agent made of it.
 *
 * @throws StartError when the process cannot be started; whatever a callback throws, after the run was ended.
 */
export async function supervise(supervision: Supervision, ports: Needs): Promise<SupervisedEnd> {
  const { timeoutAt, windDown } = supervision
  const order = createStopOrder({ timeoutAt, windDown }, ports.clock, ports.stop)
  try {
    if (order.cause() !== undefined) return neverStarted(order, ports)
    const { command, cookie } = supervision
    const env = { ...command.env, [COOKIE_VARIABLE]: cookie }
    return await attend(await ports.processes.start({ ...command, env }), supervision, order, ports)
  } finally {
    order.end()
  }
}

async function attend(
  child: RunningProcess,
  supervision: Supervision,
  order: StopOrder,
  ports: Needs,
): Promise<SupervisedEnd> {
  const { clock } = ports
  const started = clock.elapsed()
  let firstOutput: Milliseconds | undefined
  const tree: RunTree = { leader: child.pid, leaderIsOurs: true, cookie: supervision.cookie }
  order.watchStartup(supervision.startupTimeout, () => supervision.isAlive())

  const taking = (take: (chunk: Uint8Array) => Promise<void> | void) => (chunk: Uint8Array) => {
    firstOutput ??= clock.elapsed()
    return take(chunk)
  }
  const pumps = [
    pump(
      child.stdout,
      taking((chunk) => supervision.onStdout(chunk)),
    ),
    pump(
      child.stderr,
      taking((chunk) => supervision.onStderr(chunk)),
    ),
  ]
  const piped = Promise.all(pumps.map(({ done }) => done))
  const told = Promise.resolve(supervision.onStarted?.(child.pid))
  const failed = Promise.all([piped, told]).then(() => new Promise<never>(() => {}))
  failed.catch(() => {})

  try {
    await Promise.race([child.exited, order.given, failed])
    const report = await end(child, tree, piped, order, ports)
    const drained = await drain(pumps, () => order.cause() !== undefined, clock)
    if (!drained) child.release()
    const exit = await exitOf(child, ports)
    await told
    const timing = { started, firstOutput, ended: clock.elapsed() }
    return { exit, stop: order.cause(), timing, ...report, released: !drained }
  } catch (bug) {
    await sweep(tree, { grace: 0, hurry: order.hurry }, ports)
    child.release()
    throw bug
  }
}

/** Ends the run: the agent that was told to stop, or what outlived the one that ended by itself. */
async function end(
  child: RunningProcess,
  tree: RunTree,
  piped: Promise<unknown>,
  order: StopOrder,
  ports: Needs,
): Promise<StopReport> {
  if (order.cause() !== undefined) {
    return stopTree(tree, { exited: child.exited, grace: order.grace(), hurry: order.hurry }, ports)
  }
  order.disarm()
  await within(Promise.race([piped, order.given]), OUTLIVE_GRACE, ports.clock)
  return sweep(withoutLeader(tree, ports), { grace: LEFTOVER_GRACE, hurry: order.hurry }, ports)
}

async function exitOf(child: RunningProcess, { clock }: Needs): Promise<ExitStatus | undefined> {
  return (await within(child.exited, REAP_LIMIT, clock)) ? child.exited : undefined
}

function neverStarted(order: StopOrder, { clock }: Needs): SupervisedEnd {
  const timing = { started: undefined, firstOutput: undefined, ended: clock.elapsed() }
  return { exit: undefined, stop: order.cause(), timing, killed: [], left: [], released: false }
}
