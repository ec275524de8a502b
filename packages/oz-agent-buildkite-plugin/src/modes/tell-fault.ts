import { messageOf, type Ports, RunnerError } from '@oz-agent/core'
import { harmlessLines } from '../log/harmless.ts'

const INTERNAL_ERROR = 70

/** Shows what went wrong outside of a step's own reports. Returns the exit status for it. */
export async function tellFault(error: unknown, { log }: Pick<Ports, 'log'>): Promise<number> {
  await log.write(`+++ :x: Oz\n${harmlessLines(explain(error))}`)
  return error instanceof RunnerError ? error.exitCode : INTERNAL_ERROR
}

function explain(error: unknown): string {
  if (error instanceof RunnerError) return [error.message, error.remedy].filter(Boolean).join('\n')
  const stack = error instanceof Error ? error.stack : messageOf(error)
  return `This is a bug of the Oz plugin, not of this pipeline; please report it with these lines:\n${stack}`
}
