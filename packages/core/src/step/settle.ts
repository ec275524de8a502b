import { outcomeNamed } from '../contract/outcomes.ts'
import type { TextSink } from '../ports.ts'
import type { StepEnd } from './run-step.ts'

/**
 * The last net of an entry file: the exit code of a step, also when a bug kept it from reporting. Never rejects.
 */
export async function settle(step: Promise<StepEnd>, log: TextSink): Promise<number> {
  try {
    return (await step).exitCode
  } catch (error) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
    await log.write(
      `The step could not report its end. This is a bug: please report it with this text.\n${stack}\n`,
    )
    return outcomeNamed('internal-error').exitCode
  }
}
