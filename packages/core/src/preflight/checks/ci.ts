import type { Check } from '../check.ts'
import type { HostFact } from '../finding.ts'
import { ok } from '../finding.ts'

export const ci: Check = {
  id: 'ci',
  group: 'ci',
  title: 'CI',
  async run({ ci: { name, jobUrl, commit } }) {
    return ok([name, ...(jobUrl ? [jobUrl] : []), ...(commit ? [`commit ${commit}`] : [])].join(', '))
  },
}

/** What the platform itself tells: rights, fork or not. */
export function factCheck({ title, finding }: HostFact, index: number): Check {
  return { id: `ci:${index + 1}`, group: 'ci', title, run: async () => finding }
}
