import type { ProcessRow } from '../ports.ts'

/** Every process of a run carries this variable with the run's cookie, and so does whatever it starts. */
export const COOKIE_VARIABLE = 'OZ_AGENT_STEP_COOKIE'

/** What is known of a run when its processes are looked for. */
export interface TreeTraits {
  /** The agent's own process; its number is also the number of its group. */
  readonly leader: number
  /** Whether that number is certainly still the agent's (or nobody's), not one that the system gave away again. */
  readonly leaderIsOurs: boolean
  /** Processes that carry the run's cookie. */
  readonly marked: readonly number[]
  /** Processes that an earlier look has found: they stay ours when their parents are gone. */
  readonly seen: readonly number[]
  /** This process: neither it, its group, nor its ancestors ever belong to a run. */
  readonly self: number
}

/**
 * The processes of a run: the agent's group, every descendant, whatever carries the cookie, and the groups of all
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
