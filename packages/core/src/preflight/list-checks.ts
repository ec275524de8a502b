import type { OutcomeName } from '../contract/outcomes.ts'
import type { Check, CheckGroup } from './check.ts'
import { account } from './checks/account.ts'
import { argumentBudget } from './checks/arguments.ts'
import { ci, factCheck } from './checks/ci.ts'
import { cli } from './checks/cli.ts'
import { disk } from './checks/disk.ts'
import { hostCheck } from './checks/host.ts'
import { inputs } from './checks/inputs.ts'
import { key } from './checks/key.ts'
import { libc } from './checks/libc.ts'
import { node } from './checks/node.ts'
import { proxy } from './checks/proxy.ts'
import { system } from './checks/system.ts'
import { tempFolder } from './checks/temp-folder.ts'
import { workingFolder } from './checks/working-folder.ts'
import type { DoctorContext } from './doctor-context.ts'
import { neededHosts } from './hosts.ts'

/** Every check that applies, in the order of the table. */
export function listChecks({ request, env, facts }: DoctorContext): Check[] {
  return [
    ...[inputs, node, system, libc, argumentBudget],
    ...[cli, key, account],
    ...[proxy, ...neededHosts(request, env).map(hostCheck)],
    ...[disk, tempFolder, workingFolder],
    ...[ci, ...facts.map(factCheck)],
  ]
}

const RELEVANT: Partial<Record<OutcomeName, readonly CheckGroup[]>> = {
  unavailable: ['machine', 'cli', 'network', 'folders'],
  'not-permitted': ['cli', 'account', 'network', 'ci'],
  temporary: ['cli', 'account', 'network'],
}

/** What to look at after a step that ended so; nothing where the machine and the account are not the reason. */
export function relevantChecks(outcome: OutcomeName): readonly CheckGroup[] {
  return RELEVANT[outcome] ?? []
}
