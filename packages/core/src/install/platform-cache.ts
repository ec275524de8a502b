import { join } from 'node:path'
import * as z from 'zod/mini'
import { ArchiveError, messageOf } from '../errors.ts'
import { keepForProof } from './prove.ts'
import type { CliContext, CliResolver, CliSearch, InPlace, Layout, PlatformCache } from './search.ts'
import { cacheKey } from './store.ts'
import { installArchive, installInStaging } from './unpack.ts'

/**
 * The archive that an earlier run left in the CI's own cache. It is checked, unpacked and verified like one that was
 * just downloaded; whatever is wrong with it only means that it is downloaded anew.
 */
export const platformCache: CliResolver = {
  source: 'platform-cache',
  async find(search) {
    const cache = search.context.platformCache
    const target = search.target()
    if (cache === undefined) return { why: 'not searched, this platform has none' }
    if ('problem' in target) return { why: `not searched. ${target.problem}` }
    const { version } = search.request
    const wanted = version === 'latest' ? (await search.release()).version : version
    if (wanted === undefined) return { why: 'not searched, the version is not known before the download' }
    const key = cacheKey(search.request.channel, wanted, target, search.request.sha256)
    const result = await installInStaging(
      'platform-cache',
      search,
      (staging, layout) => restore(key, cache, staging, layout, wanted, search),
      `not taken, nothing fit to use is kept as ${key}`,
    )
    if (result.cli !== undefined) warnWithoutSum(search)
    return result
  },
}

/** Other jobs write to that cache too, and the sum beside the archive is as much theirs as the archive. */
function warnWithoutSum({ request, context }: CliSearch): void {
  if (request.sha256 !== undefined) return
  context.say(
    'warning',
    `The CLI came from a cache between jobs, where any job that may write to it can change it: give the SHA-256 of the archive in ${context.nameOf('ozSha256')}, and it is checked.`,
  )
}

async function restore(
  key: string,
  cache: PlatformCache,
  staging: string,
  layout: Layout,
  version: string,
  search: CliSearch,
): Promise<InPlace | undefined> {
  const { context, request } = search
  const { files } = context.ports
  // The platform may find a folder again only at the path that it was saved from.
  const folder = layout.exchange(key)
  try {
    await files.remove(folder)
    await files.makeFolder(folder)
    if (!(await cache.restore(key, folder))) return undefined
    const file = join(staging, 'archive')
    const sha256 = await takeKept(folder, file, context)
    if (request.sha256 !== undefined && sha256 !== request.sha256) return undefined
    const archive = { file, sha256, version, origin: `the archive kept as ${key}` }
    const placed = await installArchive(archive, staging, layout, search)
    await keepForProof(archive, layout, context)
    return placed
  } catch (error) {
    context.signal?.throwIfAborted()
    context.say('warning', `What the platform's cache keeps as ${key} is of no use: ${messageOf(error)}`)
    return undefined
  } finally {
    // Another process may be filling this folder: what it leaves goes with its own clean-up.
    await files.remove(folder).catch(() => undefined)
  }
}

const ARCHIVE = 'cli.tar.gz'
const RECORD = 'archive.json'

const recordSchema = z.object({ sha256: z.string() })

/** Copies the archive out of a folder that the platform's cache filled, and compares its sum with the recorded one. */
async function takeKept(folder: string, file: string, { ports, signal }: CliContext): Promise<string> {
  const { sha256 } = recordSchema.parse(JSON.parse(await ports.files.readText(join(folder, RECORD))))
  const sum = await ports.archives.copy(join(folder, ARCHIVE), file, signal)
  if (sum !== sha256) throw new ArchiveError(`Its SHA-256 is ${sum}, and ${sha256} was recorded.`)
  return sha256
}

/**
 * Gives an archive to the platform's cache, which may be slow or refuse: that costs nothing but the next download.
 * The file is where it was afterwards.
 */
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
    await ports.files.rename(join(folder, ARCHIVE), archive.file).catch(() => undefined)
    await ports.files.remove(folder).catch(() => undefined)
  }
}
