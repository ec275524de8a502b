import { type CloudEnding, decideOutcome } from '../agent/outcome.ts'
import type { RunState } from '../agent/run-state.ts'
import { cancelCloudRun } from '../cloud/cancel-run.ts'
import { artifactsOf, awaitCloudRun, type CloudRun, endMessage, readCloudRun } from '../cloud/runs.ts'
import { RunnerError } from '../errors.ts'
import type { Environment, ExitStatus } from '../ports.ts'
import { type Stop, Stopped, type StopReason } from '../process/stop.ts'
import type { StepContext } from './context.ts'
import { startHeartbeat } from './heartbeat.ts'
import type { Learned, StepEnding } from './learned.ts'
import { type AgentTask, runCli } from './run-agent.ts'
import { verdictOfDecision, verdictOfThrown } from './verdict.ts'

/** How long cancelling a run may take, in ms: the CI loses its patience soon. */
const CANCEL_LIMIT = 3_000

/**
 * Dispatches a cloud run and, unless told otherwise, waits for its end. The CLI itself does not wait and ends with 0
 * even when the run failed (facts of `oz agent run-cloud`), so the state of the run is what counts.
 */
export async function runCloudAgent(
  step: StepContext,
  task: AgentTask,
  stop: Stop,
  known: Learned,
): Promise<StepEnding> {
  step.record.update({ placement: 'cloud' })
  const dispatch = await runCli(step, task, stop, known)
  // A cloud run is the worker's to close, not ours.
  const learned: Learned = { ...dispatch.learned, closing: undefined }
  if (!dispatch.end.ok) return { ...learned, verdict: verdictOfThrown(dispatch.end.thrown, task.timeout) }
  const { stop: reason, exit = { kind: 'signal', signal: 'SIGKILL' } as const } = dispatch.end.value
  if (reason !== undefined) {
    return conclude(task, await cancelRemote(step, task, learned), { exit, stop: reason })
  }
  if (exit.kind === 'signal' || exit.code !== 0) return conclude(task, learned, { exit })
  const { runId } = learned.state
  if (runId === undefined) {
    const lost = new RunnerError(
      'agent-failed',
      'the CLI ended with 0 and named no run: nothing was dispatched',
    )
    return { ...learned, verdict: verdictOfThrown(lost, task.timeout) }
  }
  const { placement } = task.request
  if (placement.kind === 'cloud' && !placement.wait) {
    return conclude(task, learned, { exit, cloud: { kind: 'not-awaited' } })
  }
  return waitForEnd(step, task, stop, learned, { runId, exit, env: dispatch.learned.closing?.env ?? {} })
}

interface Dispatched {
  readonly runId: string
  readonly exit: ExitStatus
  /** What the CLI is asked with. */
  readonly env: Environment
}

async function waitForEnd(
  step: StepContext,
  task: AgentTask,
  stop: Stop,
  known: Learned,
  { runId, exit, env }: Dispatched,
): Promise<StepEnding> {
  const { ports, log, redactor } = step
  if (task.timeoutAt !== undefined) stop.setDeadline(task.timeoutAt)
  let learned = known
  let state = ''
  const heartbeat = startHeartbeat('No change of the cloud run', (line) => log.heartbeat(line), ports.clock)
  try {
    const seen = await stop.race(
      awaitCloudRun({
        look: () => readCloudRun(runId, { cli: task.cli, env, processes: ports.processes }),
        onSeen: async (run) => {
          if (run.state !== state) {
            heartbeat.heard()
            log.note('info', `Cloud run: ${run.state}`)
          }
          state = run.state
          const before = learned.state.sessionUrl
          learned = { ...learned, state: takeUp(learned.state, run, (text) => redactor.text(text)) }
          const { sessionUrl } = learned.state
          if (sessionUrl !== undefined && sessionUrl !== before) {
            log.link('Session', sessionUrl)
            await step.adapter.reporter.announce?.({ runId, sessionUrl })
          }
          await log.drain()
        },
        onTrouble: (error) => log.note('info', `${error.message}; looking again`),
        clock: ports.clock,
        signal: stop.signal,
      }),
    )
    return conclude(task, learned, { exit, cloud: { kind: 'state', state: seen?.state ?? 'UNKNOWN' } })
  } catch (error) {
    if (error instanceof Stopped) {
      const cancelled = await cancelRemote(step, task, learned)
      return conclude(task, cancelled, { exit, stop: error.reason, cloud: { kind: 'state', state } })
    }
    const told = error instanceof RunnerError ? lostSight(error, learned.state) : error
    return { ...learned, verdict: verdictOfThrown(told, task.timeout) }
  } finally {
    heartbeat.end()
  }
}

/** The state of the run can no longer be read. The error says that the run goes on. */
function lostSight(error: RunnerError, { runUrl }: RunState): RunnerError {
  const where = runUrl === undefined ? '' : `: ${runUrl}`
  const message = `${error.message.replace(/[.\s]+$/, '')}. The cloud run itself goes on${where}`
  return new RunnerError(error.code, message, {
    ...(error.remedy === undefined ? {} : { remedy: error.remedy }),
    cause: error,
  })
}

/** The state with what the server knows of the run, redacted like everything else. Pure. */
function takeUp(state: RunState, run: CloudRun, redact: (text: string) => string): RunState {
  const message = redact(endMessage(run))
  const artifacts = artifactsOf(run)
  return {
    ...state,
    sessionUrl: run.session_link ?? state.sessionUrl,
    conversationId: run.conversation_id ?? state.conversationId,
    finalMessage: message === '' ? state.finalMessage : message,
    artifacts: artifacts.length > 0 ? artifacts : state.artifacts,
    tail: message,
  }
}

/** Cancels the run at Warp, if there is one yet; returns what a step then knows. */
async function cancelRemote(
  { ports, log, adapter }: StepContext,
  { key }: AgentTask,
  learned: Learned,
): Promise<Learned> {
  const { runId } = learned.state
  if (runId === undefined) return learned
  const end = await cancelCloudRun({ runId, key, env: adapter.ci.env, timeout: CANCEL_LIMIT }, ports)
  if (end.cancelled) {
    log.note('info', `Cancelled cloud run ${runId}.`)
    return learned
  }
  const text = `Cloud run ${runId} could not be cancelled: ${end.why.replace(/\.+$/, '')}.`
  log.note('warning', text)
  return { ...learned, warnings: [...learned.warnings, text] }
}

interface CloudEnd {
  readonly exit: ExitStatus
  readonly stop?: StopReason
  readonly cloud?: CloudEnding
}

function conclude({ request, timeout }: AgentTask, learned: Learned, end: CloudEnd): StepEnding {
  const decision = decideOutcome({
    ...end,
    said: true,
    allowEmpty: request.allowEmpty,
    tail: learned.state.tail,
    limits: { timeout, startupTimeout: request.startupTimeout },
  })
  return { ...learned, verdict: verdictOfDecision(decision) }
}
