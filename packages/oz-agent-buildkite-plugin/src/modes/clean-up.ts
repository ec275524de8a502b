import { afterStep, type Environment, messageOf, type Ports, readRunRecord } from '@oz-agent/core'
import type { JobApi } from '../agent/job-api.ts'
import { readConfiguration } from '../configuration/read-configuration.ts'
import { createBuildkiteHost } from '../host/buildkite-host.ts'
import { jobFolderOf, useFolders } from '../job/job-folder.ts'
import { configurationDigest, readUseRecords, removeUseRecord } from '../job/use-record.ts'
import { harmlessLines } from '../log/harmless.ts'

/**
 * The pre-exit hook: finishes what a killed command hook left, then removes the job's folder. It runs once for each
 * use of the plugin in the step and finishes what has its own options; the last one removes the folder.
 */
export async function cleanUp(env: Environment, ports: Ports, jobApi: JobApi): Promise<void> {
  const { files, machine } = ports
  const jobFolder = jobFolderOf(env, machine)
  const checkout = env.BUILDKITE_BUILD_CHECKOUT_PATH || machine.cwd
  try {
    const mine = configurationDigest(env)
    for (const record of await readUseRecords(jobFolder, files)) {
      if (record.configuration !== mine) continue
      if (!(await isFinished(record.recordPath, files))) {
        const folders = useFolders(jobFolder, record.use)
        const configuration = readConfiguration(env)
        const host = createBuildkiteHost({ env, ports, jobApi, configuration, folders, checkout })
        await afterStep(host, ports, record.recordPath)
      }
      await removeUseRecord(jobFolder, record, files)
    }
    if ((await readUseRecords(jobFolder, files)).length === 0) await files.remove(jobFolder)
  } catch (error) {
    await ports.log.write(harmlessLines(`The Oz plugin could not clean up: ${messageOf(error)}`))
  }
}

/** Asking for the key again would be for nothing. */
async function isFinished(recordPath: string, files: Ports['files']): Promise<boolean> {
  const record = await readRunRecord(recordPath, files)
  if (record === undefined) return true
  return record.resultsWritten && (record.close.kind === 'confirmed' || record.runId === undefined)
}
