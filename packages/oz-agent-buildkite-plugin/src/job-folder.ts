import { createHash } from 'node:crypto'
import { join, resolve } from 'node:path'
import { type Environment, type Files, type Machine, RunnerError, UntrustedFolderError } from '@oz-agent/core'
import * as z from 'zod'

/** A limit on the uses of this plugin in one job, which only a bug can reach. */
const MOST_USES = 50

/** The folders of one use of the plugin in a job. */
export interface UseFolders {
  /** Counts from 1; a step may have this plugin more than once. */
  readonly use: number
  /** Holds all files of this job. `hooks/pre-exit` looks for it and removes it. */
  readonly jobFolder: string
  /** The name of the folder with the results within `jobFolder`. The artifacts' names begin with it. */
  readonly resultName: string
}

/** The folder with all files of this job. `hooks/pre-exit` builds the same path. */
export function jobFolderOf(env: Environment, machine: Pick<Machine, 'temp'>): string {
  const job = (env.BUILDKITE_JOB_ID ?? 'job').replace(/[^A-Za-z0-9_-]/g, '_')
  return join(env.TMPDIR || machine.temp, `oz-agent-${job}`)
}

export function useFolders(jobFolder: string, use: number): UseFolders {
  return { use, jobFolder, resultName: use === 1 ? 'oz-agent' : `oz-agent-${use}` }
}

/** The folder of one use's run record and private files; the pre-exit hook finds it by the number of the use. */
export function stepFolderOf({ jobFolder, use }: Pick<UseFolders, 'jobFolder' | 'use'>): string {
  return join(jobFolder, `step-${use}`)
}

/** Takes the folders of the next use. Only this user can read the job's folder. */
export async function takeUseFolders(
  env: Environment,
  machine: Pick<Machine, 'temp'>,
  files: Pick<Files, 'makeOwnFolder' | 'claim'>,
): Promise<UseFolders> {
  const jobFolder = jobFolderOf(env, machine)
  // Others may know the name: a folder that somebody else made is refused.
  await files.makeOwnFolder(jobFolder)
  for (let use = 1; use <= MOST_USES; use++) {
    if (await files.claim(join(jobFolder, `use-${use}`))) return useFolders(jobFolder, use)
  }
  throw new RunnerError('internal-error', `${jobFolder} was used ${MOST_USES} times by one job`)
}

/** That one use of the plugin started a run, for the pre-exit hook. */
export const UseRecord = z.object({
  use: z.int().positive(),
  /** Digest of the options. A step with this plugin twice has two pre-exit hooks, each with its own options. */
  configuration: z.string(),
})
export type UseRecord = z.infer<typeof UseRecord>

const FILE_NAME = /^record-\d+\.json$/

export function configurationDigest(env: Environment): string {
  return createHash('sha256')
    .update(env.BUILDKITE_PLUGIN_CONFIGURATION ?? '')
    .digest('hex')
}

export async function writeUseRecord(
  jobFolder: string,
  record: UseRecord,
  files: Pick<Files, 'write'>,
): Promise<void> {
  await files.write(join(jobFolder, `record-${record.use}.json`), JSON.stringify(record), { mode: 0o600 })
}

/**
 * The records of all uses that started a run; none when there is no job folder.
 * @throws UntrustedFolderError when that folder is not this user's own.
 */
export async function readUseRecords(
  jobFolder: string,
  files: Pick<Files, 'info' | 'list' | 'readText' | 'ownFolderProblem'>,
): Promise<readonly UseRecord[]> {
  if ((await files.info(jobFolder)) === undefined) return []
  const problem = await files.ownFolderProblem(jobFolder)
  if (problem !== undefined) throw new UntrustedFolderError(jobFolder, problem)
  const names = (await files.list(jobFolder)).filter((name) => FILE_NAME.test(name))
  const texts = await Promise.all(names.map((name) => files.readText(join(jobFolder, name))))
  return texts.map((text) => UseRecord.parse(JSON.parse(text)))
}

export async function removeUseRecord(
  jobFolder: string,
  { use }: UseRecord,
  files: Pick<Files, 'remove'>,
): Promise<void> {
  await files.remove(join(jobFolder, `record-${use}.json`))
}

/**
 * Where the downloaded CLI is kept for later jobs: a folder of ours within the user's one, because our cache removes
 * old entries and must not remove those of others.
 * @param chosen relative to the checkout, or absolute.
 */
export function cacheFolder(checkout: string, chosen: string | undefined): string | undefined {
  return chosen === undefined ? undefined : join(resolve(checkout, chosen), 'oz-agent')
}
