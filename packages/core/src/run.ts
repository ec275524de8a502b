import { probeEnvironment } from './agent/environment.ts'
import type { Decision } from './agent/outcome.ts'
import { type AgentOrder, runLocalAgent } from './agent/run-agent.ts'
import type { CiHost } from './ci.ts'
import { runCloudAgent } from './cloud/run-cloud.ts'
import type { Milliseconds } from './contract/duration.ts'
import { type OutcomeName, outcomeNamed } from './contract/outcomes.ts'
import { findCli } from './install/resolve.ts'
import type { Ports, TextSink } from './ports.ts'
import { type StopWatch, watchForStop } from './process/stop.ts'
import { openStep, type StepContext } from './step/context.ts'
import { appendDiagnosis, finishStep } from './step/finish.ts'
import { checkRequest, type ReceivedInputs, receiveInputs } from './step/read-request.ts'
import { type StepVerdict, verdictOfDecision, verdictOfThrown } from './step/verdict.ts'

/** How a step ended; the entry file of an adapter ends its process with `exitCode`. */
export interface StepEnd {
  readonly outcome: OutcomeName
  readonly exitCode: number
}

/**
 * Runs one agent step on a CI: inputs, CLI, agent, verdict, reports. Whatever happens, outputs and files are
 * written; it rejects only when even that is impossible.
 */
export async function runStep(host: CiHost, ports: Ports): Promise<StepEnd> {
  const watch = watchForStop(ports)
  const { clock } = ports
  const start = { host, ports, cookie: crypto.randomUUID(), began: clock.elapsed(), startedAt: clock.now() }
  const received = await attempt(receiveInputs(host, ports))
  const secrets = received.ok ? received.value.secrets : []
  // Before anything is printed: what is printed might hold them.
  for (const secret of secrets) await host.mask(secret)
  const context = openStep(start, secrets)
  const timing = { timeout: 0 }
  let verdict: StepVerdict
  try {
    if (!received.ok) throw received.thrown
    verdict = verdictOfDecision(await perform(context, received.value, watch, timing))
  } catch (thrown) {
    verdict = verdictOfThrown(thrown, timing.timeout)
  } finally {
    watch.end()
  }
  const { outcome, exitCode } = await finishStep(context, verdict)
  if (received.ok) await appendDiagnosis(context, outcome, received.value)
  return { outcome, exitCode }
}

/** The step itself: throws what ends it early, and notes what it learns in `context.progress`. */
async function perform(
  context: StepContext,
  received: ReceivedInputs,
  watch: StopWatch,
  timing: { timeout: Milliseconds },
): Promise<Decision> {
  const { host, ports, log, progress } = context
  const { values } = received.parsed
  progress.outputFormat = values.outputFormat
  progress.wantsSummary = values.summary
  const { request, key, warnings } = await watch.race(checkRequest(received, host, ports))
  for (const warning of warnings) log.note('warning', warning)
  progress.warnings.push(...warnings)

  timing.timeout = request.timeout ?? host.defaultTimeout ?? 0
  const timeoutAt = timing.timeout === 0 ? undefined : context.began + timing.timeout
  if (timeoutAt !== undefined) watch.setDeadline(timeoutAt - ports.clock.elapsed())

  await ports.files.makeFolder(host.resultFolder)
  await host.remember(context.record.path)
  const searchBegan = ports.clock.elapsed()
  const searching = new AbortController()
  const search = watch.race(
    findCli(request.cli, {
      ports,
      env: host.env,
      probeEnv: probeEnvironment(host, context.redactor),
      checkout: host.checkout,
      toolFolder: host.toolFolder,
      platformCache: host.platformCache,
      nameOf: received.parsed.nameOf,
      say: (level, line) => log.note(level, line),
      signal: searching.signal,
    }),
  )
  // A search that is given up clears away what it has begun to install.
  const cli = await search.finally(() => searching.abort())
  progress.cli = cli
  progress.installMs = ports.clock.elapsed() - searchBegan
  context.record.update({ cliPath: cli.path })
  watch.check()
  const order: AgentOrder = {
    request,
    cli,
    key: key.key,
    timeout: timing.timeout,
    timeoutAt,
    watch,
  }
  if (request.placement.kind === 'local') return runLocalAgent(context, order)
  return runCloudAgent(context, order)
}

type Attempt<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly thrown: unknown }

async function attempt<T>(work: Promise<T>): Promise<Attempt<T>> {
  try {
    return { ok: true, value: await work }
  } catch (thrown) {
    return { ok: false, thrown }
  }
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
