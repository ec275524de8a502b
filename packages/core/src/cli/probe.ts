import type { CliContext } from './cli-context.ts'
import { gatherEvidence } from './evidence.ts'
import { explainStart } from './explain-start.ts'
import { attemptStart } from './start-attempt.ts'

/** A CLI that answered, or what is wrong with it and what to do. */
export type Probe =
  | { readonly ok: true; readonly version: string }
  | { readonly ok: false; readonly problem: string; readonly remedy: string }

/** Proves a CLI by running it. Evidence is gathered only when it fails. */
export async function probe(path: string, context: CliContext): Promise<Probe> {
  const attempt = await attemptStart(path, context)
  if (attempt.kind === 'answered') return { ok: true, version: attempt.version }
  return { ok: false, ...explainStart(attempt, await gatherEvidence(path, context)) }
}
