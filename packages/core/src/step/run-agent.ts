import { buildArgv } from '../agent/argv.ts'
import { buildAgentEnvironment, SANDBOX_DEADLINE_VARIABLE, sandboxDeadline } from '../agent/environment.ts'
import { createEventReader } from '../agent/event-reader.ts'
import { closeReason } from '../agent/failure.ts'
import { prepareMaterials } from '../agent/materials.ts'
import { decideOutcome } from '../agent/outcome.ts'
import type { RunState } from '../agent/run-state.ts'
import type { RunIdentity } from '../ci.ts'
import type { Milliseconds } from '../contract/duration.ts'
import type { RunRequest } from '../contract/request.ts'
import type { Cli } from '../install/search.ts'
import type { Command } from '../ports.ts'
import { type Stop, Stopped } from '../process/stop.ts'
import { type SupervisedEnd, supervise } from '../process/supervise.ts'
import type { StepContext } from './context.ts'
import { type Heartbeat, startHeartbeat } from './heartbeat.ts'
import type { Learned, StepEnding } from './learned.ts'
import { verdictOfDecision, verdictOfThrown } from './verdict.ts'

/** All that is needed to start an agent: checked, found, and with its deadline. */
export interface AgentTask {
  readonly request: RunRequest
  readonly cli: Cli
  readonly key: string
  /** 0 for none. */
  readonly timeout: Milliseconds
  /** Reading of `clock.elapsed()`; undefined for none. */
  readonly timeoutAt: Milliseconds | undefined
}

/** What a run of the CLI came to. A step reports what it learned even where something threw under way. */
export interface CliRun {
  readonly end:
    | { readonly ok: true; readonly value: SupervisedEnd }
    | { readonly ok: false; readonly thrown: unknown }
  readonly learned: Learned
}

/** Runs the agent on this machine, to its end. */
export async function runLocalAgent(
  step: StepContext,
  task: AgentTask,
  stop: Stop,
  known: Learned,
): Promise<StepEnding> {
  const { request, timeout } = task
  const { end, learned } = await runCli(step, task, stop, known)
  if (!end.ok) return { ...learned, verdict: verdictOfThrown(end.thrown, timeout) }
  const { exit, stop: reason, timing } = end.value
  if (reason !== undefined && timing.started === undefined) {
    return { ...learned, verdict: verdictOfThrown(new Stopped(reason), timeout) }
  }
  const decision = decideOutcome({
    exit: exit ?? { kind: 'signal', signal: 'SIGKILL' },
    stop: reason,
    said: learned.state.finalMessage !== undefined,
    allowEmpty: request.allowEmpty,
    tail: learned.state.tail,
    limits: { timeout, startupTimeout: request.startupTimeout },
  })
  return { ...learned, verdict: verdictOfDecision(decision) }
}

/** Runs the CLI once under supervision; its events, log and transcript are dealt with as they come. Never rejects. */
export async function runCli(
  step: StepContext,
  task: AgentTask,
  stop: Stop,
  known: Learned,
): Promise<CliRun> {
  const { adapter, ports, log, record, streams } = step
  const { reporter } = adapter
  let learned = known
  let heartbeat: Heartbeat | undefined
  try {
    const prepared = await prepareCommand(step, task)
    learned = { ...learned, closing: prepared.closing, warnings: [...known.warnings, ...prepared.warnings] }
    let agentStarted = ports.clock.elapsed()
    const reader = createEventReader({
      redactor: step.redactor,
      transcript: streams.transcript(),
      said: streams.said(),
      onEvent: (event) => {
        learned = {
          ...learned,
          firstEventMs: learned.firstEventMs ?? ports.clock.elapsed() - agentStarted,
        }
        log.event(event)
      },
      onPlainLine: (text) => log.plain(text),
      onStderrLine: (text) => log.stderr(text),
    })
    let announced: RunIdentity = {}
    heartbeat = startHeartbeat('No output', (line) => log.heartbeat(line), ports.clock)
    const take = async (read: () => void): Promise<void> => {
      heartbeat?.heard()
      read()
      learned = { ...learned, state: reader.state() }
      const identity = identityOf(learned.state)
      if (isNews(identity, announced)) {
        announced = identity
        if (identity.runId !== undefined) record.update({ runId: identity.runId })
        await reporter.announce?.(identity)
      }
      await log.drain()
    }
    const supervised = supervise(
      {
        command: prepared.command,
        marker: step.marker,
        startupTimeout: task.request.startupTimeout,
        isAlive: () => learned.state.events > 0 || learned.state.plainLines > 0,
        onStarted: async (pid) => {
          agentStarted = ports.clock.elapsed()
          learned = { ...learned, startupMs: agentStarted - step.began }
          const startTime = await ports.processes.startTime(pid)
          record.update({ agent: { pid, ...(startTime === undefined ? {} : { startTime }) } })
          // On disk at once: a step that is killed now is closed by what the record says.
          await record.flush().catch(() => {})
        },
        onStdout: (chunk) => take(() => reader.push(chunk)),
        onStderr: (chunk) => take(() => reader.stderr(chunk)),
      },
      stop,
      ports,
    )
    const value = await supervised.finally(() => take(() => reader.end()))
    const warnings = leftoverWarnings(value)
    for (const text of warnings) log.note('warning', text)
    const reason = closeReason(value.exit, value.stop)
    learned = {
      ...learned,
      warnings: [...learned.warnings, ...warnings],
      closing: learned.closing && { ...learned.closing, reason },
    }
    return { end: { ok: true, value }, learned }
  } catch (thrown) {
    return { end: { ok: false, thrown }, learned }
  } finally {
    heartbeat?.end()
  }
}

/** Prepares what is started; also how its run is closed, and what people should know of it. */
async function prepareCommand(
  step: StepContext,
  { request, cli, key, timeoutAt }: AgentTask,
): Promise<{ command: Command; closing: Learned['closing']; warnings: readonly string[] }> {
  const { ports, log, redactor } = step
  const { ci } = step.adapter
  const folders = { private: step.files.private, checkout: ci.checkout }
  const materials = await prepareMaterials(request, folders, ports)
  const { env, withheld, hidden } = buildAgentEnvironment({
    env: ci.env,
    policy: request.env.policy,
    pass: request.env.pass,
    isInternal: (name) => ci.isInternalVariable(name),
    redactor,
    set: {
      WARP_API_KEY: key,
      [SANDBOX_DEADLINE_VARIABLE]: sandboxDeadline(timeoutAt, ports.clock),
    },
  })
  const command: Command = { file: cli.path, args: buildArgv(request, materials), env, cwd: ci.checkout }
  const closing = { cliPath: cli.path, env, reason: undefined }
  // The agent could read them in what the system shows of this process, which it is a child of.
  ports.processes.hideOwnVariables(hidden)
  if (withheld.length === 0) return { command, closing, warnings: [] }
  const text = `Kept from the agent, because they hold a masked value or a token of the CI: ${withheld.join(', ')}. To pass one, name it in ${ci.nameOf('passEnv')}.`
  log.note('warning', text)
  return { command, closing, warnings: [text] }
}

const IDENTITY = ['runId', 'runUrl', 'sessionUrl', 'conversationId'] as const

function identityOf(state: RunState): RunIdentity {
  const known = IDENTITY.flatMap((key) => (state[key] === undefined ? [] : [[key, state[key]] as const]))
  return Object.fromEntries(known)
}

function isNews(now: RunIdentity, before: RunIdentity): boolean {
  return IDENTITY.some((key) => now[key] !== before[key])
}

function leftoverWarnings({ left }: SupervisedEnd): string[] {
  return left.length === 0 ? [] : [`No signal could end these processes of the agent: ${left.join(', ')}`]
}
