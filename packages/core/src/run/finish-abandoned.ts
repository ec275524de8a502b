import { isAbsolute, relative } from 'node:path'
import type { Milliseconds } from '../contract/duration.ts'
import { messageOf } from '../errors.ts'
import type { Environment, Ports } from '../ports.ts'
import { type CloseEnd, closeRun } from './close-run.ts'
import type { RunRecord } from './read-run-record.ts'
import type { RunRecorder } from './run-record.ts'
import { type StopReport, sweep } from './stop-tree.ts'

export interface FinishReport extends StopReport {
  readonly close: CloseEnd
  /** Whether a folder of temporary secrets was there and is gone now. */
  readonly removedPrivateFolder: boolean
  /** What could not be done, each as one sentence. */
  readonly problems: readonly string[]
}

export interface FinishRequest {
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
      env: request.env,
      timeout: request.closeTimeout,
      reason: record.resultsWritten ? undefined : { category: 'process_exit', message },
    },
    ports,
  )
  const removedPrivateFolder = await attempt(removePrivateFolder(record, recorder.path, ports), false)
  return { ...stopped, close, removedPrivateFolder, problems }
}

async function stopLeftovers({ agent, cookie }: RunRecord, ports: Needs): Promise<StopReport> {
  // A number alone proves nothing: the system may have given it to somebody else by now.
  const startTime = agent === undefined ? undefined : await ports.processes.startTime(agent.pid)
  const leaderIsOurs = startTime !== undefined && startTime === agent?.startTime
  // Killed between the start and the note of it, a step leaves an agent that only its cookie tells.
  const tree = { leader: agent?.pid ?? 0, leaderIsOurs, cookie }
  return sweep(tree, { grace: GRACE, hurry: new AbortController().signal }, ports)
}

async function removePrivateFolder(record: RunRecord, recordPath: string, ports: Needs): Promise<boolean> {
  const folder = record.privateFolder
  if (folder === undefined || (await ports.files.info(folder)) === undefined) return false
  const { home, temp, cwd } = ports.machine
  const holdsMore = [recordPath, home, temp, cwd].some((path) => isWithin(path, folder))
  if (!isAbsolute(folder) || holdsMore) {
    throw new Error(`${folder} is not removed: it is no folder of temporary secrets`)
  }
  await ports.files.remove(folder)
  return true
}

function isWithin(path: string, folder: string): boolean {
  const from = relative(folder, path)
  return from === '' || !(from.startsWith('..') || isAbsolute(from))
}
