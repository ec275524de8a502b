import type { OutcomeName } from '../contract/outcomes.ts'
import { openDoctor } from '../preflight/open-doctor.ts'
import { watchForStop } from './early-stop.ts'
import type { ReceivedInputs } from './read-request.ts'
import type { StepContext } from './step-context.ts'

/** Outcomes whose reason may lie in the machine, the network or the account. */
const WORTH_A_LOOK: readonly OutcomeName[] = ['unavailable', 'temporary', 'not-permitted']

/**
 * Appends to the log of a failed step what `doctor` finds, where that may be the reason. Comes after all results are
 * written; a signal of the CI ends it at once, and trouble with it is no trouble of the step.
 */
export async function appendDiagnosis(
  { host, ports, log }: StepContext,
  outcome: OutcomeName,
  received: ReceivedInputs,
): Promise<void> {
  if (!WORTH_A_LOOK.includes(outcome)) return
  const watch = watchForStop(ports)
  try {
    const { diagnose } = await openDoctor()
    const table = await watch.race(diagnose(outcome, host, ports, received))
    if (table !== undefined) log.note('info', `What doctor finds:\n${table}`)
    await log.drain()
  } catch {
    // The step has been told already; this was only to help.
  } finally {
    watch.end()
  }
}
