import type { StopCause } from '../agent/outcome.ts'
import { type CloudEnding, type Decision, decideOutcome } from '../agent/outcome.ts'
import type { AgentOrder } from '../agent/run-agent.ts'
import { runCli } from '../agent/run-agent.ts'
import { RunnerError } from '../errors.ts'
import type { ExitStatus } from '../ports.ts'
import { EarlyStop, watchForStop } from '../process/stop.ts'
import type { StepContext } from '../step/context.ts'
import { cancelCloudRun } from './cancel-run.ts'
import { artifactsOf, awaitCloudRun, type CloudRun, endMessage, readCloudRun } from './runs.ts'

/** What Warp gets to cancel a run, before the CI loses its patience. */
const CANCEL_LIMIT = 3_000

/**
 * Dispatches a cloud run and, unless told otherwise, waits for its end. The CLI itself does not wait and ends with 0
 * even when the run failed (facts of `oz agent run-cloud`), so the state of the run is what counts.
 */
export async function runCloudAgent(context: StepContext, order: AgentOrder): Promise<Decision> {
  const { progress, record } = context
  record.update({ placement: 'cloud' })
  const dispatched = await runCli(context, order)
  const exit: ExitStatus = dispatched.exit ?? { kind: 'signal', signal: 'SIGKILL' }
  // A cloud run is the worker's to close, not ours.
  const env = progress.closing?.env ?? {}
  progress.closing = undefined
  if (dispatched.stop !== undefined) {
    await cancelRemote(context, order)
    return decide(context, order, { exit, stop: dispatched.stop })
  }
  if (exit.kind === 'signal' || exit.code !== 0) return decide(context, order, { exit })
  const { runId } = progress.state
  if (runId === undefined) {
    throw new RunnerError('agent-failed', 'the CLI ended with 0 and named no run: nothing was dispatched')
  }
  const { placement } = order.request
  if (placement.kind === 'cloud' && !placement.wait) {
    return decide(context, order, { exit, cloud: { kind: 'not-awaited' } })
  }
  return waitForEnd(context, order, runId, env, exit)
}

async function waitForEnd(
  context: StepContext,
  order: AgentOrder,
  runId: string,
  env: StepContext['host']['env'],
  exit: ExitStatus,
): Promise<Decision> {
  const { ports, log, progress, host } = context
  const watch = watchForStop(ports)
  if (order.timeoutAt !== undefined) watch.setDeadline(order.timeoutAt - ports.clock.elapsed())
  const waiting = new AbortController()
  let state = ''
  try {
    const seen = await watch.race(
      awaitCloudRun({
        look: () => readCloudRun(runId, { cli: order.cli, env, processes: ports.processes }),
        onSeen: async (run) => {
          if (run.state !== state) log.note('info', `Cloud run: ${run.state}`)
          state = run.state
          const before = progress.state.sessionUrl
          takeUp(context, run)
          if (progress.state.sessionUrl !== undefined && progress.state.sessionUrl !== before) {
            log.link('Session', progress.state.sessionUrl)
            await host.announce?.({ runId, sessionUrl: progress.state.sessionUrl })
          }
          await log.drain()
        },
        onTrouble: (error) => log.note('info', `${error.message}; looking again`),
        clock: ports.clock,
        signal: waiting.signal,
      }),
    )
    return decide(context, order, { exit, cloud: { kind: 'state', state: seen?.state ?? 'UNKNOWN' } })
  } catch (error) {
    if (error instanceof RunnerError) throw lostSight(error, context)
    if (!(error instanceof EarlyStop)) throw error
    await cancelRemote(context, order)
    return decide(context, order, { exit, stop: error.stop, cloud: { kind: 'state', state } })
  } finally {
    waiting.abort()
    watch.end()
  }
}

/** We can no longer look at the run; that it goes on must be told. */
function lostSight(error: RunnerError, { progress: { state } }: StepContext): RunnerError {
  const where = state.runUrl === undefined ? '' : `: ${state.runUrl}`
  return new RunnerError(
    error.code,
    `${error.message.replace(/[.\s]+$/, '')}. The cloud run itself goes on${where}`,
    {
      ...(error.remedy === undefined ? {} : { remedy: error.remedy }),
      cause: error,
    },
  )
}

/** Takes over what the server knows of the run, redacted like everything else. */
function takeUp({ progress, redactor }: StepContext, run: CloudRun): void {
  const message = redactor.text(endMessage(run))
  const artifacts = artifactsOf(run)
  progress.state = {
    ...progress.state,
    sessionUrl: run.session_link ?? progress.state.sessionUrl,
    conversationId: run.conversation_id ?? progress.state.conversationId,
    finalMessage: message === '' ? progress.state.finalMessage : message,
    artifacts: artifacts.length > 0 ? artifacts : progress.state.artifacts,
    tail: message,
  }
}

async function cancelRemote({ ports, log, progress, host }: StepContext, order: AgentOrder): Promise<void> {
  const { runId } = progress.state
  if (runId === undefined) return
  const request = { runId, key: order.key, env: host.env, timeout: CANCEL_LIMIT }
  const end = await cancelCloudRun(request, ports)
  if (end.cancelled) log.note('info', `Cancelled cloud run ${runId}.`)
  else {
    const text = `Cloud run ${runId} could not be cancelled: ${end.why.replace(/\.+$/, '')}.`
    progress.warnings.push(text)
    log.note('warning', text)
  }
}

interface CloudEnd {
  readonly exit: ExitStatus
  readonly stop?: StopCause
  readonly cloud?: CloudEnding
}

function decide({ progress }: StepContext, order: AgentOrder, end: CloudEnd): Decision {
  return decideOutcome({
    ...end,
    said: true,
    allowEmpty: order.request.allowEmpty,
    tail: progress.state.tail,
    limits: { timeout: order.timeout, startupTimeout: order.request.startupTimeout },
  })
}
