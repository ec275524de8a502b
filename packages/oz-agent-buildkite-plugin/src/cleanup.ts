import {
  cleanUpStep,
  type Environment,
  messageOf,
  type Ports,
  readRunRecord,
  recordPathOf,
} from '@oz-agent/core'
import { createAdapter } from './adapter.ts'
import type { JobApi } from './buildkite-agent/job-api.ts'
import { readConfiguration } from './inputs/configuration.ts'
import {
  configurationDigest,
  jobFolderOf,
  readUseRecords,
  removeUseRecord,
  stepFolderOf,
  useFolders,
} from './job-folder.ts'
import { safeLines } from './log-format.ts'

/**
 * The pre-exit hook: finishes what a killed command hook left, then removes the job's folder. A step may use the
 * plugin several times. This hook then runs once for each use, and finishes the run that had the same options;
 * the last one removes the folder. Never rejects: what goes wrong is logged.
 */
export async function cleanUp(env: Environment, ports: Ports, jobApi: JobApi): Promise<void> {
  const { files, machine } = ports
  const jobFolder = jobFolderOf(env, machine)
  const checkout = env.BUILDKITE_BUILD_CHECKOUT_PATH || machine.cwd
  try {
    const mine = configurationDigest(env)
    for (const record of await readUseRecords(jobFolder, files)) {
      if (record.configuration !== mine) continue
      if (!(await isFinished(stepFolderOf({ jobFolder, use: record.use }), files))) {
        const folders = useFolders(jobFolder, record.use)
        const configuration = readConfiguration(env)
        const { adapter } = await createAdapter({ env, ports, jobApi, configuration, folders, checkout })
        await cleanUpStep(adapter, ports)
      }
      await removeUseRecord(jobFolder, record, files)
    }
    if ((await readUseRecords(jobFolder, files)).length === 0) await files.remove(jobFolder)
  } catch (error) {
    await ports.log.write(safeLines(`The Oz plugin could not clean up: ${messageOf(error)}`))
  }
}

/** Whether nothing is left to do for a run, so that the key need not be looked up again. */
async function isFinished(stepFolder: string, files: Ports['files']): Promise<boolean> {
  const record = await readRunRecord(recordPathOf(stepFolder), files)
  if (record === undefined) return true
  return record.resultsWritten && (record.close.kind === 'confirmed' || record.runId === undefined)
}
