import type { OutcomeName } from '../contract/outcomes.ts'
import type { CiHost } from '../host.ts'
import type { Ports } from '../ports.ts'

/** How a step ended; the entry file of an adapter ends its process with `exitCode`. */
export interface StepEnd {
  readonly outcome: OutcomeName
  readonly exitCode: number
}

/**
 * Runs one agent step on a CI: inputs, CLI, agent, outcome, reports. Never rejects for an expected failure.
 */
export async function runStep(_host: CiHost, _ports: Ports): Promise<StepEnd> {
  throw new Error('the step is assembled once its parts are there')
}
