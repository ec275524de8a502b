import type { CloseReason } from '../agent/failure.ts'
import type { Milliseconds } from '../contract/duration.ts'
import { messageOf } from '../errors.ts'
import type { CompletedProcess, Environment, Ports } from '../ports.ts'
import type { RunRecorder } from './record.ts'

export type CloseEnd =
  | { readonly kind: 'closed' }
  /** Somebody else has done it, or is doing it. */
  | { readonly kind: 'already-closed' }
  /** The agent never became a run, or there is no CLI to close it with. */
  | { readonly kind: 'nothing-to-close' }
  /** Never changes an outcome: it is a warning. */
  | { readonly kind: 'failed'; readonly reason: string }

export interface CloseRequest {
  /** The step that ran the agent, or the one that cleans up after it. */
  readonly by: 'main' | 'after'
  /** The CLI that closes it; undefined when there is none. */
  readonly cliPath: string | undefined
  /** The agent's environment: the key and, where set, the server's address. */
  readonly env: Environment
  readonly reason: CloseReason | undefined
  /** How long the CLI may take, in ms. */
  readonly timeout: Milliseconds
}

/**
 * Tells Warp that a run is over (`oz harness-support report-shutdown`), once.
 *
 * The step claims the run before it reports, and confirms afterwards. If it dies between the two, the step that cleans up
 * reports again. Reporting twice is harmless; not reporting leaves a run in progress for ever. Each of the two steps
 * reports at most once.
 */
export async function closeRun(
  recorder: RunRecorder,
  request: CloseRequest,
  { files, processes }: Pick<Ports, 'files' | 'processes'>,
): Promise<CloseEnd> {
  const { cliPath } = request
  const { runId, close, placement } = recorder.current()
  if (runId === undefined || cliPath === undefined || placement === 'cloud')
    return { kind: 'nothing-to-close' }
  if (close.kind === 'confirmed') return { kind: 'already-closed' }
  try {
    if (!(await files.claim(`${recorder.path}.closed-by-${request.by}`))) return { kind: 'already-closed' }
    recorder.update({ close: { kind: 'claimed' } })
    const args = shutdownArgs(runId, request.reason)
    const run = await processes.run({ file: cliPath, args, env: request.env }, { timeout: request.timeout })
    const reason = failureOf(run, request.timeout)
    if (reason !== undefined) return { kind: 'failed', reason }
    recorder.update({ close: { kind: 'confirmed' } })
    await recorder.flush()
    return { kind: 'closed' }
  } catch (error) {
    return { kind: 'failed', reason: messageOf(error) }
  }
}

/** The arguments that close a run. */
export function shutdownArgs(runId: string, reason: CloseReason | undefined): string[] {
  const args = ['harness-support', `--run-id=${runId}`, 'report-shutdown']
  if (reason !== undefined)
    args.push(`--error-category=${reason.category}`, `--error-message=${reason.message}`)
  return args
}

function failureOf(
  { exit, timedOut, stdout, stderr }: CompletedProcess,
  timeout: Milliseconds,
): string | undefined {
  if (timedOut) return `the CLI did not answer within ${timeout / 1000} s`
  if (exit.kind === 'code' && exit.code === 0) return undefined
  const status = exit.kind === 'code' ? `status ${exit.code}` : exit.signal
  const said = (stderr.trim() || stdout.trim()).slice(-500)
  return said === '' ? `the CLI ended with ${status}` : `the CLI ended with ${status}: ${said}`
}
