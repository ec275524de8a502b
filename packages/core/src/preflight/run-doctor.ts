import { createRedactor } from '../auth/redactor.ts'
import { formatDuration } from '../contract/duration.ts'
import { messageOf } from '../errors.ts'
import type { Check, CheckGroup } from './check.ts'
import type { DoctorContext } from './doctor-context.ts'
import { DOCTOR_REPORT_VERSION, type DoctorFinding, type DoctorReport, exitCodeOf } from './doctor-report.ts'
import { type Finding, problem, warning } from './finding.ts'
import { listChecks } from './list-checks.ts'

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
