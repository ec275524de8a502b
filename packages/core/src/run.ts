import { probeEnvironment } from './agent/environment.ts'
import type { CiAdapter } from './ci.ts'
import type { Milliseconds } from './contract/duration.ts'
import { type OutcomeName, outcomeNamed } from './contract/outcomes.ts'
import type { CliRequest } from './contract/request.ts'
import { findCli } from './install/resolve.ts'
import type { Cli } from './install/search.ts'
import type { Ports, TextSink } from './ports.ts'
import { createStop, type Stop, Stopped } from './process/stop.ts'
import { openStep, prepareFolders, type StepContext } from './step/context.ts'
import { finishStep, reportDiagnosis } from './step/finish.ts'
import { type Learned, NOTHING_LEARNED, type StepEnding } from './step/learned.ts'
import { checkRequest, type ReceivedInputs, receiveInputs } from './step/read-request.ts'
import { runLocalAgent } from './step/run-agent.ts'
import { runCloudAgent } from './step/run-cloud.ts'
import { spellInputs, verdictOfThrown } from './step/verdict.ts'

/** How a step ended; the entry file of an adapter ends its process with `exitCode`. */
export interface StepEnd {
  readonly outcome: OutcomeName
  readonly exitCode: number
}

/**
 * Runs one agent step on a CI: inputs, CLI, agent, verdict, reports. Whatever happens, outputs and files are
 * written; it rejects only when even that is impossible.
 */
export async function runStep(adapter: CiAdapter, ports: Ports): Promise<StepEnd> {
  const { clock } = ports
  const stop = createStop(adapter.ci.windDown, ports)
  const start = {
    adapter,
    ports,
    marker: crypto.randomUUID(),
    began: clock.elapsed(),
    startedAt: clock.now(),
  }
  const received = await receiveInputs(adapter, ports)
  // Before anything is printed: what is printed might hold them.
  for (const secret of received.secrets) await adapter.reporter.mask(secret)
  const step = openStep(start, received.secrets)
  const ended = await perform(step, received, stop)
  const ending = { ...ended, verdict: spellInputs(ended.verdict, received.parsed.nameOf) }
  stop.end()
  const { outputFormat, summary } = received.parsed.values
  const { outcome, exitCode } = await finishStep(step, ending, { outputFormat, wantsSummary: summary })
  await reportDiagnosis(step, outcome, received)
  return { outcome, exitCode }
}

/** The step itself, up to its verdict. Never rejects: whatever it had learned when something threw is reported. */
async function perform(step: StepContext, received: ReceivedInputs, stop: Stop): Promise<StepEnding> {
  const { ports, log } = step
  const { ci, reporter } = step.adapter
  let learned: Learned = NOTHING_LEARNED
  let timeout = 0
  let stage: string | undefined
  try {
    const { request, key, warnings } = await stop.race(checkRequest(received, step.adapter, ports))
    for (const warning of warnings) log.note('warning', warning)
    learned = { ...learned, warnings }

    timeout = request.timeout ?? ci.defaultTimeout ?? 0
    const timeoutAt = timeout === 0 ? undefined : step.began + timeout
    if (timeoutAt !== undefined) stop.setDeadline(timeoutAt)

    await prepareFolders(ci, ports)
    await reporter.remember?.()
    const searchBegan = ports.clock.elapsed()
    const onDownload = () => {
      stage = 'while the CLI was downloaded'
    }
    const cli = await orGivenUp(install(step, request.cli, received, stop, onDownload), stop, ports)
    stage = undefined
    learned = { ...learned, cli, installMs: ports.clock.elapsed() - searchBegan }
    stop.check()

    const task = { request, cli, key: key.key, timeout, timeoutAt }
    const runAgent = request.placement.kind === 'local' ? runLocalAgent : runCloudAgent
    return await runAgent(step, task, stop, learned)
  } catch (thrown) {
    const told = thrown instanceof Stopped ? new Stopped(thrown.reason, stage) : thrown
    return { ...learned, verdict: verdictOfThrown(told, timeout) }
  }
}

/** How long a search that is given up may take to clear away what it has begun. */
const GIVE_UP_LIMIT: Milliseconds = 2_000

/**
 * Waits for a search; when there is a reason to stop, rejects with it as soon as the search has ended too: the process
 * ends soon after, and nothing of a half install may outlive it. A second signal, or the limit, ends the patience.
 */
async function orGivenUp(search: Promise<Cli>, stop: Stop, { clock }: Pick<Ports, 'clock'>): Promise<Cli> {
  try {
    return await stop.race(search)
  } catch (error) {
    const patience = new AbortController()
    const ended = search.then(noop, noop).then(() => patience.abort())
    stop.hurry.addEventListener('abort', () => patience.abort())
    if (stop.reason() !== undefined && !stop.hurry.aborted) {
      await Promise.race([ended, clock.sleep(GIVE_UP_LIMIT, patience.signal)])
    }
    throw error
  }
}

function noop(): void {}

/**
 * Finds or installs the CLI. A search that is given up clears away what it has begun to install.
 * @param onDownload called when an archive begins to be downloaded.
 */
function install(
  { adapter: { ci }, ports, files, log, redactor }: StepContext,
  request: CliRequest,
  { parsed }: ReceivedInputs,
  stop: Stop,
  onDownload: () => void,
): Promise<Cli> {
  return findCli(request, {
    ports,
    env: ci.env,
    probeEnv: probeEnvironment(ci, redactor),
    checkout: ci.checkout,
    toolFolder: ci.toolFolder,
    privateFolder: files.private,
    platformCache: ci.platformCache,
    nameOf: parsed.nameOf,
    debug: ci.debug || parsed.values.debug,
    say: (level, line) => log.note(level, line),
    onDownload,
    signal: stop.signal,
  })
}

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
