import { join } from 'node:path'
import { type Environment, type Files, type Machine, RunnerError } from '@oz-agent/core'

/** The most that one job may use this plugin; only a fault leads there. */
const MOST_USES = 50

/** Folders of one use of the plugin in a job. */
export interface UseFolders {
  /** Counts from 1; a step may have this plugin more than once. */
  readonly use: number
  /** Holds everything of this job; `hooks/pre-exit` looks for it and removes it. */
  readonly jobFolder: string
  /** The name of the folder with the results within `jobFolder`, and so in the names of the artifacts. */
  readonly resultName: string
}

/** Where everything of this job is kept. `hooks/pre-exit` spells the same path. */
export function jobFolderOf(env: Environment, machine: Pick<Machine, 'temp'>): string {
  const job = (env.BUILDKITE_JOB_ID ?? 'job').replace(/[^A-Za-z0-9_-]/g, '_')
  return join(env.TMPDIR || machine.temp, `oz-agent-${job}`)
}

export function useFolders(jobFolder: string, use: number): UseFolders {
  return { use, jobFolder, resultName: use === 1 ? 'oz-agent' : `oz-agent-${use}` }
}

/** Takes the next free place in the job's folder, which only this user may read. */
export async function takeUseFolders(
  env: Environment,
  machine: Pick<Machine, 'temp'>,
  files: Pick<Files, 'makeFolder' | 'claim'>,
): Promise<UseFolders> {
  const jobFolder = jobFolderOf(env, machine)
  await files.makeFolder(jobFolder, { mode: 0o700 })
  for (let use = 1; use <= MOST_USES; use++) {
    if (await files.claim(join(jobFolder, `use-${use}`))) return useFolders(jobFolder, use)
  }
  throw new RunnerError('internal-error', `${jobFolder} was used ${MOST_USES} times by one job`)
}
