import type { Milliseconds } from '../contract/duration.ts'
import type { Command, ExitStatus, Ports, RunningProcess } from '../ports.ts'
import { drain, pump, within } from './pipes.ts'
import type { Stop, StopReason } from './stop.ts'
import { RUN_MARKER, type RunTree, type StopReport, stopTree, sweep, withoutLeader } from './tree.ts'

export interface Supervision {
  /** The run marker is added to its environment. */
  readonly command: Command
  /** How long the agent may show no sign of life; 0 for any time. */
  readonly startupTimeout: Milliseconds
  /** A random text that marks every process of this run. */
  readonly marker: string
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
  readonly stop: StopReason | undefined
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

type Needs = Pick<Ports, 'processes' | 'clock' | 'machine'>

/** How long children that outlive the agent may go on writing. */
const OUTLIVE_GRACE: Milliseconds = 2000
const LEFTOVER_GRACE: Milliseconds = 1000
/** How long the system may take to tell us that a killed process has ended. */
const REAP_LIMIT: Milliseconds = 1000

/**
 * Runs the agent to its end, whichever end that is, and leaves no process of it behind.
 *
 * Nothing that the agent wrote before it ended is lost. A stop signal that arrives before this function returns
 * counts as the reason, as the CI has then ended the job whatever the agent made of it.
 *
 * @throws StartError when the process cannot be started; whatever a callback throws, after the run was ended.
 */
export async function supervise(supervision: Supervision, stop: Stop, ports: Needs): Promise<SupervisedEnd> {
  if (stop.reason() !== undefined) return neverStarted(stop, ports)
  const { command, marker } = supervision
  const env = { ...command.env, [RUN_MARKER]: marker }
  return attend(await ports.processes.start({ ...command, env }), supervision, stop, ports)
}

async function attend(
  child: RunningProcess,
  supervision: Supervision,
  stop: Stop,
  ports: Needs,
): Promise<SupervisedEnd> {
  const { clock } = ports
  const started = clock.elapsed()
  let firstOutput: Milliseconds | undefined
  const tree: RunTree = { leader: child.pid, leaderIsOurs: true, marker: supervision.marker }
  stop.watchStartup(supervision.startupTimeout, () => supervision.isAlive())

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
    await Promise.race([child.exited, stop.requested, failed])
    const report = await end(child, tree, piped, stop, ports)
    const drained = await drain(pumps, () => stop.reason() !== undefined, clock)
    if (!drained) child.release()
    const exit = await exitOf(child, ports)
    await told
    const timing = { started, firstOutput, ended: clock.elapsed() }
    return { exit, stop: stop.reason(), timing, ...report, released: !drained }
  } catch (bug) {
    await sweep(tree, { grace: 0, hurry: stop.hurry }, ports)
    child.release()
    throw bug
  }
}

/** Ends the run: the agent that was told to stop, or what outlived the one that ended by itself. */
async function end(
  child: RunningProcess,
  tree: RunTree,
  piped: Promise<unknown>,
  stop: Stop,
  ports: Needs,
): Promise<StopReport> {
  if (stop.reason() !== undefined) {
    return stopTree(tree, { exited: child.exited, grace: stop.grace(), hurry: stop.hurry }, ports)
  }
  stop.clearTimers()
  await within(Promise.race([piped, stop.requested]), OUTLIVE_GRACE, ports.clock)
  return sweep(withoutLeader(tree, ports), { grace: LEFTOVER_GRACE, hurry: stop.hurry }, ports)
}

async function exitOf(child: RunningProcess, { clock }: Needs): Promise<ExitStatus | undefined> {
  return (await within(child.exited, REAP_LIMIT, clock)) ? child.exited : undefined
}

function neverStarted(stop: Stop, { clock }: Needs): SupervisedEnd {
  const timing = { started: undefined, firstOutput: undefined, ended: clock.elapsed() }
  return { exit: undefined, stop: stop.reason(), timing, killed: [], left: [], released: false }
}
