import type { OutcomeName } from '../contract/outcomes.ts'
import type { CiHost } from '../host.ts'
import type { Ports } from '../ports.ts'
import type { ReceivedInputs } from '../step/read-request.ts'
import { createDoctorContext } from './create-doctor-context.ts'
import type { DoctorReport } from './doctor-report.ts'
import { relevantChecks } from './list-checks.ts'
import { renderDoctor } from './render-doctor.ts'
import { runDoctor } from './run-doctor.ts'

/**
 * After a step that failed: the findings that may be the reason, as the table of `doctor`, for the end of the log.
 * Undefined where the outcome has nothing to do with machine, account or network, or where nothing was found.
 */
export async function diagnose(
  outcome: OutcomeName,
  host: CiHost,
  ports: Ports,
  received: ReceivedInputs,
): Promise<string | undefined> {
  const groups = relevantChecks(outcome)
  if (groups.length === 0) return undefined
  const report = await runDoctor(await createDoctorContext(host, ports, { received }), groups)
  const found = findingsOf(report)
  return found.length === 0 ? undefined : renderDoctor({ ...report, findings: found })
}

function findingsOf({ findings }: DoctorReport): DoctorReport['findings'] {
  return findings.filter(({ status }) => status === 'problem' || status === 'warning')
}
