import { buildAgentEnvironment, probeEnvironment } from './agent/environment.ts'
import { createEventReader } from './agent/event-reader.ts'
import type { CiAdapter } from './ci.ts'
import { cancelCloudRun } from './cloud/cancel-run.ts'
import type { Milliseconds } from './contract/duration.ts'
import { toRunRequest } from './contract/request.ts'
import { messageOf, UntrustedFolderError } from './errors.ts'
import { locateCli } from './install/locate.ts'
import type { Environment, Ports } from './ports.ts'
import { RUN_MARKER, type StopReport, sweep } from './process/tree.ts'
import { type CloseEnd, closeRun } from './step/close-run.ts'
import { openStep, type StepContext, stepFiles } from './step/context.ts'
import { finishStep } from './step/finish.ts'
import { type Learned, NOTHING_LEARNED } from './step/learned.ts'
import { type ReceivedInputs, receiveInputs } from './step/read-request.ts'
import { type RunRecord, type RunRecorder, readRunRecord } from './step/record.ts'
import { verdictOfDecision } from './step/verdict.ts'

const CLOSE_LIMIT: Milliseconds = 15_000

/**
 * Cleans up after a step that the CI killed: ends what is left of the agent, closes the run, removes temporary
 * secrets, and writes the results that the step could not. Does nothing after a step that did it all itself.
 * Never fails the job: what cannot be done is told in the log.
 *
 * The agent ran as the same user, so whatever it left is not trusted: the step's folder must be this user's own, every
 * path is derived from it, the CLI is looked for anew, and it gets the environment that the agent would get.
 */
export async function cleanUpStep(adapter: CiAdapter, ports: Ports): Promise<void> {
  try {
    await cleanUp(adapter, ports)
  } catch (error) {
    const text = `The step could not be cleaned up: ${messageOf(error)}`
    await ports.log.write(adapter.logFormat.format({ kind: 'note', level: 'warning', text }))
  }
}

async function cleanUp(adapter: CiAdapter, ports: Ports): Promise<void> {
  const { clock, files } = ports
  const { ci } = adapter
  const { record: path, private: secretsFolder } = stepFiles(ci)
  if ((await files.info(path)) === undefined) return
  const untrusted = await files.ownFolderProblem(ci.stepFolder)
  if (untrusted !== undefined) throw new UntrustedFolderError(ci.stepFolder, untrusted)
  const record = await readRunRecord(path, files)
  if (record === undefined) return
  const received = await receiveInputs(adapter, ports)
  const { key, secrets, parsed } = received
  for (const secret of secrets) await adapter.reporter.mask(secret)
  const start = { adapter, ports, marker: record.marker, began: clock.elapsed(), startedAt: clock.now() }
  const step = openStep(start, secrets, record)
  const { log } = step
  const learned = record.resultsWritten ? NOTHING_LEARNED : await recall(step)
  await finishRun(step, received, secretsFolder)
  if (!record.resultsWritten) {
    if (record.placement === 'cloud') await cancelCloud(step, key?.key)
    const reason = 'the step was killed before it could report'
    const verdict = verdictOfDecision({ outcome: 'cancelled', exitCode: 143, reason })
    const { outputFormat, summary } = parsed.values
    await finishStep(step, { ...learned, verdict }, { outputFormat, wantsSummary: summary })
  }
  await log.end().catch((error: unknown) => log.note('warning', messageOf(error)))
}

async function finishRun(step: StepContext, received: ReceivedInputs, secretsFolder: string): Promise<void> {
  const { record, ports, log } = step
  const means = isClosed(record.current()) ? undefined : await meansToClose(step, received)
  const report = await finishAbandoned(
    record,
    { cliPath: means?.cliPath, env: means?.env ?? {}, closeTimeout: CLOSE_LIMIT, secretsFolder },
    ports,
  )
  const killed = report.killed.join(', ')
  if (killed !== '') log.note('info', `Ended what the agent left behind: ${killed}`)
  if (report.close.kind === 'closed') log.note('info', `Reported run ${record.current().runId} as over.`)
  if (report.close.kind === 'failed') {
    log.note('warning', `The run could not be closed: ${report.close.reason}`)
  }
  for (const problem of report.problems) log.note('warning', problem)
}

function isClosed({ runId, close, placement }: RunRecord): boolean {
  return runId === undefined || close.kind === 'confirmed' || placement === 'cloud'
}

/** The CLI by the same rules as in the step, but nothing is downloaded; and the environment that the agent would get. */
async function meansToClose(
  { adapter: { ci }, ports, files, redactor, log }: StepContext,
  { parsed, key }: ReceivedInputs,
): Promise<{ cliPath: string | undefined; env: Environment }> {
  const request = toRunRequest(parsed.values)
  const located = await locateCli(request.cli, {
    ports,
    env: ci.env,
    probeEnv: probeEnvironment(ci, redactor),
    checkout: ci.checkout,
    toolFolder: ci.toolFolder,
    privateFolder: files.private,
    nameOf: parsed.nameOf,
    say: () => {},
  })
  if (located.kind !== 'found') {
    const why = located.kind === 'broken' ? located.problem : located.why
    log.note('warning', `There is no CLI to report the run as over with: ${why}`)
  }
  const { env } = buildAgentEnvironment({
    env: ci.env,
    policy: request.env.policy,
    pass: request.env.pass,
    isInternal: (name) => ci.isInternalVariable(name),
    redactor,
    set: { WARP_API_KEY: key?.key },
  })
  return { cliPath: located.kind === 'found' ? located.cli.path : undefined, env }
}

async function cancelCloud(
  { record, adapter, ports, log }: StepContext,
  key: string | undefined,
): Promise<void> {
  const { runId } = record.current()
  if (runId === undefined || key === undefined) return
  const end = await cancelCloudRun({ runId, key, env: adapter.ci.env, timeout: CLOSE_LIMIT }, ports)
  log.note('info', end.cancelled ? `Cancelled cloud run ${runId}.` : `The cloud run goes on: ${end.why}.`)
}

/** Transcripts beyond this are not read again: the results then go without figures, and say so. */
const RECALL_LIMIT = 64 * 1024 * 1024

/**
 * What the agent had said and done by the time the step was killed. The transcript knows the run even when
 * the kill came before the record of it was on disk.
 */
async function recall({ files, ports, redactor, record }: StepContext): Promise<Learned> {
  const size = (await ports.files.info(files.transcript))?.size ?? 0
  if (size === 0) return NOTHING_LEARNED
  if (size > RECALL_LIMIT) {
    const text = `the figures are missing: the transcript is too long to be read again (${size} bytes)`
    return { ...NOTHING_LEARNED, warnings: [text] }
  }
  const nowhere = { write: () => {}, close: () => {} }
  const reader = createEventReader({
    redactor,
    transcript: nowhere,
    onEvent: () => {},
    onPlainLine: () => {},
  })
  reader.push(await ports.files.readBytes(files.transcript))
  reader.end()
  const state = reader.state()
  if (record.current().runId === undefined && state.runId !== undefined) record.update({ runId: state.runId })
  return { ...NOTHING_LEARNED, state }
}

export interface FinishReport extends StopReport {
  readonly close: CloseEnd
  /** Whether a folder of temporary secrets was there and is gone now. */
  readonly removedPrivateFolder: boolean
  /** What could not be done, each as one sentence. */
  readonly problems: readonly string[]
}

export interface FinishRequest {
  /** The CLI that closes the run; undefined where none was found. */
  readonly cliPath: string | undefined
  /** Folder of temporary secrets, which is removed. */
  readonly secretsFolder: string
  /** The environment of the CLI that closes the run. */
  readonly env: Environment
  /** How long closing may take, in ms. */
  readonly closeTimeout: Milliseconds
}

type Needs = Pick<Ports, 'processes' | 'clock' | 'machine' | 'files'>

/** Nobody is left who could wind down in an orderly way, but the agent may still upload what it has. */
const GRACE: Milliseconds = 3000

/**
 * Finishes what a step left undone, usually because the CI killed it: ends the processes of its run, closes the run,
 * removes its temporary secrets. After a step that did all that itself, it does nothing. Never rejects.
 */
export async function finishAbandoned(
  recorder: RunRecorder,
  request: FinishRequest,
  ports: Needs,
): Promise<FinishReport> {
  const problems: string[] = []
  const attempt = async <T>(work: Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await work
    } catch (error) {
      problems.push(messageOf(error))
      return otherwise
    }
  }
  const record = recorder.current()
  const stopped = await attempt(stopLeftovers(record, ports), { killed: [], left: [] })
  const message = 'The CI step that ran the agent was killed.'
  const close = await closeRun(
    recorder,
    {
      by: 'after',
      cliPath: request.cliPath,
      env: request.env,
      timeout: request.closeTimeout,
      reason: record.resultsWritten ? undefined : { category: 'process_exit', message },
    },
    ports,
  )
  const removedPrivateFolder = await attempt(removeFolder(request.secretsFolder, ports), false)
  return { ...stopped, close, removedPrivateFolder, problems }
}

async function stopLeftovers({ agent, marker }: RunRecord, ports: Needs): Promise<StopReport> {
  // A number alone proves nothing: the system may have given it to somebody else by now, and the agent may have written
  // another. Only a process that carries the marker is the run's.
  const marked = await ports.processes.withVariable(RUN_MARKER, marker)
  const startTime = agent === undefined ? undefined : await ports.processes.startTime(agent.pid)
  const isSame = startTime !== undefined && startTime === agent?.startTime
  const leaderIsOurs = isSame && agent !== undefined && marked.includes(agent.pid)
  // Killed between the start and the note of it, a step leaves an agent that only its marker tells.
  const tree = { leader: agent?.pid ?? 0, leaderIsOurs, marker }
  return sweep(tree, { grace: GRACE, hurry: new AbortController().signal }, ports)
}

async function removeFolder(folder: string, { files }: Needs): Promise<boolean> {
  if ((await files.info(folder)) === undefined && !(await files.isLink(folder))) return false
  await files.remove(folder)
  return true
}
