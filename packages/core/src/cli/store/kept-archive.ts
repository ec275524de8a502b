import { createHash } from 'node:crypto'
import { join } from 'node:path'
import * as z from 'zod'
import { ArchiveError } from '../../archive-error.ts'
import { messageOf } from '../../errors.ts'
import type { CliContext, CliSearch } from '../cli-context.ts'
import { cacheKey, type Layout } from './layout.ts'

const ARCHIVE = 'cli.tar.gz'
const RECORD = 'archive.json'

const recordSchema = z.object({ sha256: z.string() })

/** An archive in a folder that the platform's cache filled, after its sum was compared with the recorded one. */
export async function readKept(
  folder: string,
  { ports }: CliContext,
): Promise<{ file: string; sha256: string }> {
  const { sha256 } = recordSchema.parse(JSON.parse(await ports.files.readText(join(folder, RECORD))))
  const file = join(folder, ARCHIVE)
  const sum = createHash('sha256')
    .update(await ports.files.readBytes(file))
    .digest('hex')
  if (sum !== sha256) throw new ArchiveError(`Its SHA-256 is ${sum}, and ${sha256} was recorded.`)
  return { file, sha256 }
}

/** Gives an archive to the platform's cache, which may be slow or refuse: that costs nothing but the next download. */
export async function keepArchive(
  archive: { readonly file: string; readonly sha256: string; readonly version: string },
  layout: Layout,
  { request, context, target }: CliSearch,
): Promise<void> {
  const { platformCache, ports } = context
  const machine = target()
  if (platformCache === undefined || 'problem' in machine) return
  const key = cacheKey(request.channel, archive.version, machine, request.sha256)
  const folder = layout.exchange(key)
  try {
    await ports.files.remove(folder)
    await ports.files.makeFolder(folder)
    await ports.files.rename(archive.file, join(folder, ARCHIVE))
    await ports.files.write(join(folder, RECORD), JSON.stringify({ sha256: archive.sha256 }))
    await platformCache.save(key, folder)
    context.say('info', `Kept the archive in the platform's cache as ${key}.`)
  } catch (error) {
    context.say('warning', `The platform's cache did not take the archive: ${messageOf(error)}`)
  } finally {
    await ports.files.remove(folder)
  }
}
