import { createRedactor } from '../auth/redactor.ts'
import type { CiAdapter } from '../ci.ts'
import { formatDuration } from '../contract/duration.ts'
import type { OutcomeName } from '../contract/outcomes.ts'
import { messageOf } from '../errors.ts'
import type { Ports } from '../ports.ts'
import type { ReceivedInputs } from '../step/read-request.ts'
import { account, key } from './account.ts'
import { type Check, createDoctorContext, type DoctorContext } from './context.ts'
import { type CheckGroup, type Finding, problem, warning } from './finding.ts'
import { disk, libc, node, system, tempFolder, workingFolder } from './machine.ts'
import { hostCheck, neededHosts, proxy } from './network.ts'
import {
  DOCTOR_REPORT_VERSION,
  type DoctorFinding,
  type DoctorReport,
  exitCodeOf,
  renderDoctor,
} from './report.ts'
import { argumentBudget, ci, cli, factCheck, inputs } from './step.ts'

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

/**
 * Runs all checks side by side, or only those of some groups, and reports each; takes no longer than `context.limit`.
 * Never rejects for what a check finds or throws. No secret of the context is in the report.
 */
export async function runDoctor(
  context: DoctorContext,
  groups?: readonly CheckGroup[],
): Promise<DoctorReport> {
  const { clock } = context.ports
  const began = clock.elapsed()
  const checks = listChecks(context).filter(({ group }) => groups === undefined || groups.includes(group))
  const findings = await Promise.all(checks.map((check) => runCheck(check, context)))
  if (context.privateFolder !== undefined) {
    await context.ports.files.remove(context.privateFolder).catch(() => undefined)
  }
  const redactor = createRedactor(context.secrets)
  const shown = checks.map((check, index) => describe(check, findings[index], (text) => redactor.text(text)))
  return {
    version: DOCTOR_REPORT_VERSION,
    status: worstStatus(shown),
    exit_code: exitCodeOf(shown),
    ci: context.ci.name,
    duration_ms: Math.round(clock.elapsed() - began),
    findings: shown,
  }
}

async function runCheck(check: Check, context: DoctorContext): Promise<Finding> {
  let forget = () => {}
  const late = new Promise<Finding>((resolve) => {
    forget = context.ports.clock.after(context.limit, () => resolve(lateFinding(check, context)))
  })
  try {
    return await Promise.race([check.run(context), late])
  } catch (error) {
    return warning(
      `the check itself failed: ${messageOf(error)}`,
      'Run doctor again; report it if it stays so.',
    )
  } finally {
    forget()
  }
}

function lateFinding({ group }: Check, { limit }: DoctorContext): Finding {
  const summary = `no result within ${formatDuration(limit)}`
  return group === 'network' || group === 'account'
    ? problem('temporary', summary, 'Check the network of this machine, then run doctor again.')
    : warning(summary, 'The machine is slow or its disk hangs: run doctor again.')
}

function describe(
  check: Check,
  finding: Finding | undefined,
  redact: (text: string) => string,
): DoctorFinding {
  const { id, group, title } = check
  const { status = 'skipped', summary = '' } = finding ?? {}
  return {
    id,
    group,
    title: redact(title),
    status,
    code: finding?.status === 'problem' ? finding.code : null,
    summary: redact(summary),
    repair: finding !== undefined && 'repair' in finding ? redact(finding.repair) : null,
  }
}

function worstStatus(findings: readonly DoctorFinding[]): DoctorReport['status'] {
  const has = (status: DoctorFinding['status']) => findings.some((finding) => finding.status === status)
  if (has('problem')) return 'problem'
  return has('warning') ? 'warning' : 'ok'
}

/**
 * After a step that failed: the findings that may be the reason, as the table of `doctor`, for the end of the log.
 * Undefined where the outcome has nothing to do with machine, account or network, or where nothing was found.
 */
export async function diagnose(
  outcome: OutcomeName,
  adapter: CiAdapter,
  ports: Ports,
  received: ReceivedInputs,
): Promise<string | undefined> {
  const groups = relevantChecks(outcome)
  if (groups.length === 0) return undefined
  const report = await runDoctor(await createDoctorContext(adapter, ports, { received }), groups)
  const found = findingsOf(report)
  return found.length === 0 ? undefined : renderDoctor({ ...report, findings: found })
}

function findingsOf({ findings }: DoctorReport): DoctorReport['findings'] {
  return findings.filter(({ status }) => status === 'problem' || status === 'warning')
}
