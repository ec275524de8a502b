import type { Milliseconds } from '../contract/duration.ts'
import type { Ports } from '../ports.ts'
import { COOKIE_VARIABLE, selectTree } from './process-tree.ts'
import { within } from './within.ts'

/** The processes of one run. */
export interface RunTree {
  readonly leader: number
  /** Whether the leader's number is certainly still the agent's or nobody's. */
  readonly leaderIsOurs: boolean
  readonly cookie: string
}

export interface StopReport {
  /** What had to be killed because it did not end by itself. */
  readonly killed: readonly number[]
  /** What no signal could end: stuck in the kernel, or another user's. */
  readonly left: readonly number[]
}

export interface StopPlan {
  /** When the leader has ended. */
  readonly exited: Promise<unknown>
  /** From asking until killing. */
  readonly grace: Milliseconds
  /** Aborts the asking. */
  readonly hurry: AbortSignal
}

type Needs = Pick<Ports, 'processes' | 'clock' | 'machine'>

/** What outlives the leader gets so long to end when asked. */
const LEFTOVER_GRACE: Milliseconds = 1000
/** How long killing is repeated for what forks faster than we look, or does not go away. */
const KILL_LIMIT: Milliseconds = 2000
const LOOK_INTERVAL: Milliseconds = 20

/**
 * Ends a run: asks its group with SIGTERM, on which the real CLI winds down, waits at most the grace, then ends
 * whatever is left of the tree. Returns when nothing is left or no signal helps.
 */
export async function stopTree(tree: RunTree, plan: StopPlan, ports: Needs): Promise<StopReport> {
  const { processes, clock } = ports
  const askedAt = clock.elapsed()
  // Before anything ends: a descendant whose parent is gone can no longer be told from a stranger.
  const seen = plan.hurry.aborted ? [] : await findTree(tree, [], ports)
  if (!plan.hurry.aborted) {
    processes.signal(-tree.leader, 'SIGTERM')
  }
  const exited = await within(plan.exited, plan.hurry.aborted ? 0 : plan.grace, clock, plan.hurry)
  const left = Math.max(0, plan.grace - (clock.elapsed() - askedAt))
  return sweep(
    exited ? withoutLeader(tree, ports) : tree,
    { seen, grace: Math.min(LEFTOVER_GRACE, left), hurry: plan.hurry },
    ports,
  )
}

/**
 * The tree of a leader that has ended. On Unix its number stays the group's as long as anyone is in the group;
 * on Windows it is free for the next process at once.
 */
export function withoutLeader(tree: RunTree, { machine }: Pick<Ports, 'machine'>): RunTree {
  return { ...tree, leaderIsOurs: tree.leaderIsOurs && machine.platform !== 'win32' }
}

/** Ends what is left of a run, usually after its leader: asks each process, then kills until none is there. */
export async function sweep(
  tree: RunTree,
  plan: { readonly seen?: readonly number[]; readonly grace: Milliseconds; readonly hurry: AbortSignal },
  ports: Needs,
): Promise<StopReport> {
  const { processes, clock } = ports
  let members = await findTree(tree, plan.seen ?? [], ports)
  if (plan.grace > 0 && !plan.hurry.aborted) {
    for (const pid of members) processes.signal(pid, 'SIGTERM')
    const until = clock.elapsed() + plan.grace
    while (members.length > 0 && clock.elapsed() < until && !plan.hurry.aborted) {
      await clock.sleep(LOOK_INTERVAL, plan.hurry)
      members = await findTree(tree, members, ports)
    }
  }
  return killAll(tree, members, ports)
}

async function killAll(tree: RunTree, members: readonly number[], ports: Needs): Promise<StopReport> {
  const { processes, clock } = ports
  const killed = new Set<number>()
  const until = clock.elapsed() + KILL_LIMIT
  // One signal for the whole group leaves it no time to fork; and it is all there is where no table can be seen.
  if (tree.leaderIsOurs) processes.signal(-tree.leader, 'SIGKILL')
  let left = members
  while (left.length > 0 && clock.elapsed() < until) {
    for (const pid of left) {
      killed.add(pid)
      processes.signal(pid, 'SIGKILL')
    }
    await clock.sleep(LOOK_INTERVAL)
    left = await findTree(tree, left, ports)
  }
  return { killed: [...killed].filter((pid) => !left.includes(pid)), left }
}

/** The processes of a run that are there now. */
export async function findTree(
  tree: RunTree,
  seen: readonly number[],
  { processes, machine }: Needs,
): Promise<number[]> {
  const marked = await processes.withVariable(COOKIE_VARIABLE, tree.cookie)
  const { leader, leaderIsOurs } = tree
  return selectTree(await processes.list(), { leader, leaderIsOurs, marked, seen, self: machine.pid })
}
