import type { RunIdentity } from '../ci.ts'
import type { Milliseconds } from '../contract/duration.ts'
import type { RunRequest } from '../contract/request.ts'
import type { Cli } from '../install/search.ts'
import type { Command, Environment } from '../ports.ts'
import { EarlyStop, type StopWatch } from '../process/stop.ts'
import { type SupervisedEnd, supervise } from '../process/supervise.ts'
import { once, type StepContext } from '../step/context.ts'
import { buildArgv } from './argv.ts'
import { buildAgentEnvironment, SANDBOX_DEADLINE_VARIABLE, sandboxDeadline } from './environment.ts'
import { createEventReader, type EventReader } from './event-reader.ts'
import { closeReason } from './failure.ts'
import { prepareMaterials } from './materials.ts'
import { type Decision, decideOutcome } from './outcome.ts'

/** All that is needed to start an agent: checked, found, and with its deadline. */
export interface AgentOrder {
  readonly request: RunRequest
  readonly cli: Cli
  readonly key: string
  /** 0 for none. */
  readonly timeout: Milliseconds
  /** Reading of `clock.elapsed()`; undefined for none. */
  readonly timeoutAt: Milliseconds | undefined
  readonly watch: StopWatch
}

/** Runs the agent on this machine, to its end. */
export async function runLocalAgent(context: StepContext, order: AgentOrder): Promise<Decision> {
  const { progress } = context
  const { request } = order
  const end = await runCli(context, order)
  if (end.exit === undefined && end.stop !== undefined && end.timing.started === undefined) {
    throw new EarlyStop(end.stop)
  }
  return decideOutcome({
    exit: end.exit ?? { kind: 'signal', signal: 'SIGKILL' },
    stop: end.stop,
    said: progress.state.finalMessage !== undefined,
    allowEmpty: request.allowEmpty,
    tail: progress.state.tail,
    limits: { timeout: order.timeout, startupTimeout: request.startupTimeout },
  })
}

/** Runs the CLI once under supervision; its events, log and transcript are dealt with as they come. */
export async function runCli(context: StepContext, order: AgentOrder): Promise<SupervisedEnd> {
  const { host, ports, log, record, progress, streams, redactor } = context
  const { request, cli } = order
  const folders = { private: host.privateFolder, checkout: host.checkout }
  const materials = await prepareMaterials(request, folders, ports)
  const env = agentEnvironment(context, order)
  const command: Command = { file: cli.path, args: buildArgv(request, materials), env, cwd: host.checkout }
  // Loaded while the agent starts: its start should not wait for what reads its output.
  const openReader = once(async () => {
    return createEventReader({
      redactor,
      transcript: streams.transcript(),
      said: streams.said(),
      onEvent: (event) => {
        progress.firstEventMs ??= ports.clock.elapsed() - agentStarted
        log.event(event)
      },
      onPlainLine: (text) => log.plain(text),
      onStderrLine: (text) => log.stderr(text),
    })
  })
  let agentStarted = ports.clock.elapsed()
  let announced: RunIdentity = {}

  const take = async (read: (reader: EventReader) => void): Promise<void> => {
    const reader = await openReader()
    read(reader)
    progress.state = reader.state()
    const identity = identityOf(context)
    if (isNews(identity, announced)) {
      announced = identity
      if (identity.runId !== undefined) record.update({ runId: identity.runId })
      await host.announce?.(identity)
    }
    await log.drain()
  }
  progress.closing = { env, reason: undefined }
  order.watch.end()
  try {
    const end = await supervise(
      {
        command,
        cookie: context.cookie,
        startupTimeout: request.startupTimeout,
        timeoutAt: order.timeoutAt,
        windDown: host.windDown,
        isAlive: () => progress.state.events > 0 || progress.state.plainLines > 0,
        onStarted: async (pid) => {
          agentStarted = ports.clock.elapsed()
          progress.startupMs = agentStarted - context.began
          const startTime = await ports.processes.startTime(pid)
          record.update({ agent: { pid, ...(startTime === undefined ? {} : { startTime }) } })
          // The record must be on disk before loading keeps this process busy: a killed step is closed by it.
          await record.flush().catch(() => {})
          await openReader()
        },
        onStdout: (chunk) => take((reader) => reader.push(chunk)),
        onStderr: (chunk) => take((reader) => reader.stderr(chunk)),
      },
      ports,
    )
    progress.closing.reason = closeReason(end.exit, end.stop)
    reportLeftovers(context, end)
    return end
  } finally {
    await take((reader) => reader.end())
  }
}

function agentEnvironment(context: StepContext, order: AgentOrder): Environment {
  const { host, log, progress } = context
  const { request } = order
  const { env, withheld } = buildAgentEnvironment({
    env: host.env,
    policy: request.env.policy,
    pass: request.env.pass,
    isInternal: (name) => host.isInternalVariable(name),
    redactor: context.redactor,
    set: {
      WARP_API_KEY: order.key,
      [SANDBOX_DEADLINE_VARIABLE]: sandboxDeadline(order.timeoutAt, context.ports.clock),
    },
  })
  if (withheld.length > 0) {
    const names = withheld.join(', ')
    const text = `Kept from the agent, because they hold a masked value: ${names}. To pass one, name it in ${host.nameOf('passEnv')}.`
    progress.warnings.push(text)
    log.note('info', text)
  }
  return env
}

function identityOf({ progress: { state } }: StepContext): RunIdentity {
  return {
    ...(state.runId === undefined ? {} : { runId: state.runId }),
    ...(state.runUrl === undefined ? {} : { runUrl: state.runUrl }),
    ...(state.sessionUrl === undefined ? {} : { sessionUrl: state.sessionUrl }),
    ...(state.conversationId === undefined ? {} : { conversationId: state.conversationId }),
  }
}

function isNews(now: RunIdentity, before: RunIdentity): boolean {
  return (['runId', 'runUrl', 'sessionUrl', 'conversationId'] as const).some(
    (key) => now[key] !== before[key],
  )
}

function reportLeftovers({ log, progress }: StepContext, end: SupervisedEnd): void {
  if (end.left.length === 0) return
  const text = `No signal could end these processes of the agent: ${end.left.join(', ')}`
  progress.warnings.push(text)
  log.note('warning', text)
}
