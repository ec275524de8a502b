import type { Milliseconds } from '../contract/duration.ts'
import type { Ports, ProcessRow } from '../ports.ts'
import { within } from './pipes.ts'

/** Every process of a run carries this variable with the run's marker, and so does whatever it starts. */
export const RUN_MARKER = 'OZ_AGENT_RUN_MARKER'

/** What is known of a run when its processes are looked for. */
export interface TreeTraits {
  /** The agent's own process; its number is also the number of its group. */
  readonly leader: number
  /** Whether this number is still the agent's. The system may have given it to another process. */
  readonly leaderIsOurs: boolean
  /** Processes that carry the run's marker. */
  readonly marked: readonly number[]
  /** Processes that an earlier look has found: they stay ours when their parents are gone. */
  readonly seen: readonly number[]
  /** This process: neither it, its group, nor its ancestors ever belong to a run. */
  readonly self: number
}

/**
 * The processes of a run: the agent's group, every descendant, whatever carries the marker, and the groups of all
 * of them. In ascending order.
 */
export function selectTree(table: readonly ProcessRow[], traits: TreeTraits): number[] {
  const { spared, sparedGroup } = selfAndAncestors(table, traits.self)
  const candidates = table.filter((row) => row.pid > 1 && !spared.has(row.pid))
  const roots = new Set([...traits.marked, ...traits.seen])
  const found = new Map<number, ProcessRow>()
  const groups = new Set<number>()
  const take = (row: ProcessRow): void => {
    found.set(row.pid, row)
    if (row.group > 1 && row.group !== sparedGroup) groups.add(row.group)
  }

  if (traits.leaderIsOurs) {
    groups.add(traits.leader)
    roots.add(traits.leader)
  }
  for (const row of candidates) if (roots.has(row.pid)) take(row)
  for (let before = -1; before < found.size; ) {
    before = found.size
    for (const row of candidates) {
      if (!found.has(row.pid) && (found.has(row.parent) || groups.has(row.group))) take(row)
    }
  }
  return [...found.keys()].sort((a, b) => a - b)
}

function selfAndAncestors(table: readonly ProcessRow[], self: number) {
  const rows = new Map(table.map((row) => [row.pid, row]))
  const spared = new Set<number>()
  for (let pid = self; pid > 0 && !spared.has(pid); pid = rows.get(pid)?.parent ?? 0) spared.add(pid)
  return { spared, sparedGroup: rows.get(self)?.group }
}

/** The processes of one run. */
export interface RunTree {
  readonly leader: number
  /** Whether the leader's number is still the agent's. The system may have given it to another process. */
  readonly leaderIsOurs: boolean
  readonly marker: string
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
  // Look first: once a parent has ended, its children cannot be recognised.
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
  const marked = await processes.withVariable(RUN_MARKER, tree.marker)
  const { leader, leaderIsOurs } = tree
  return selectTree(await processes.list(), { leader, leaderIsOurs, marked, seen, self: machine.pid })
}
