import { join } from 'node:path'
import { messageOf } from '../../errors.ts'
import type { CliResolver, CliSearch, PlatformCache } from '../cli-context.ts'
import { type InPlace, installArchive } from '../store/install-archive.ts'
import { installOnce } from '../store/install-once.ts'
import { readKept } from '../store/kept-archive.ts'
import { cacheKey, type Layout } from '../store/layout.ts'

/**
 * The archive that an earlier run left in the CI's own cache. It is checked, unpacked and proven like one that was
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
    return installOnce(
      {
        source: 'platform-cache',
        version: wanted,
        otherwise: `not taken, nothing fit to use is kept as ${key}`,
        install: (staging, layout) => restore(key, cache, staging, layout, wanted, search),
      },
      search,
    )
  },
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
    const kept = await readKept(folder, context)
    if (request.sha256 !== undefined && kept.sha256 !== request.sha256) return undefined
    const file = join(staging, 'archive')
    await files.rename(kept.file, file)
    const archive = { file, sha256: kept.sha256, version, origin: `the archive kept as ${key}` }
    return await installArchive(archive, staging, layout, search)
  } catch (error) {
    context.say('warning', `What the platform's cache keeps as ${key} is of no use: ${messageOf(error)}`)
    return undefined
  } finally {
    await files.remove(folder)
  }
}
