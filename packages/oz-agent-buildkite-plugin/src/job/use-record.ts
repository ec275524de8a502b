import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Environment, Files } from '@oz-agent/core'
import * as z from 'zod'

/** Names the record of the run of one use of the plugin, for the pre-exit hook. */
export const UseRecord = z.object({
  use: z.int().positive(),
  recordPath: z.string(),
  /** A step with this plugin twice has two pre-exit hooks: each has the options of its own use. */
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

/** Every use whose command hook got so far as to know its run; none where the job's folder is not. */
export async function readUseRecords(
  jobFolder: string,
  files: Pick<Files, 'info' | 'list' | 'readText'>,
): Promise<readonly UseRecord[]> {
  if ((await files.info(jobFolder)) === undefined) return []
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
