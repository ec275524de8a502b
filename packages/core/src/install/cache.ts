import { join } from 'node:path'
import { messageOf, RunnerError } from '../errors.ts'
import { HttpError, shownUrl } from '../http/http.ts'
import { fetchArchive } from './download.ts'
import { installOnce } from './lock.ts'
import type { CliResolver, CliSearch, Finding, PlatformCache } from './search.ts'
import { cacheKey, type Layout, readInstalled } from './store.ts'
import {
  type InPlace,
  installArchive,
  installedVersions,
  keepArchive,
  readKept,
  takeInstalled,
} from './unpack.ts'

/**
 * A version that an earlier step installed on this machine. A pinned version, or a pinned sum, makes no request;
 * `latest` makes one, and takes the newest that is installed when the network fails.
 */
export const toolCache: CliResolver = {
  source: 'tool-cache',
  async find(search) {
    const { request } = search
    const target = search.target()
    if ('problem' in target) return { why: `not searched. ${target.problem}` }
    if (request.version !== 'latest') return takeInstalled(request.version, search)
    if (request.sha256 !== undefined) {
      const pinned = await versionWithSum(request.sha256, search)
      if (pinned !== undefined) return takeInstalled(pinned, search)
    }
    return takeLatest(search)
  },
}

async function takeLatest(search: CliSearch): Promise<Finding> {
  let version: string | undefined
  try {
    version = (await search.release()).version
  } catch (error) {
    const newest = isNetworkFailure(error) ? await takeNewest(search) : undefined
    if (newest === undefined) throw error
    search.context.say(
      'warning',
      `The latest version of the CLI could not be asked for, so the newest installed one is used: ${newest.cli?.version}. ${(error as RunnerError).message}`,
    )
    return newest
  }
  if (version !== undefined) return takeInstalled(version, search)
  return {
    why: `not searched, the mirror does not tell the latest version before the download; pin ${search.context.nameOf('ozVersion')} to use what is installed`,
  }
}

async function takeNewest(search: CliSearch): Promise<Finding | undefined> {
  for (const version of await installedVersions(await search.layout(), search)) {
    const finding = await takeInstalled(version, search)
    if (finding.cli !== undefined) return finding
  }
  return undefined
}

/** The network's failure, not the user's: another address or version would not have helped. */
function isNetworkFailure(error: unknown): boolean {
  if (!(error instanceof RunnerError)) return false
  return error.code === 'temporary' || error.cause instanceof HttpError
}

async function versionWithSum(sha256: string, search: CliSearch): Promise<string | undefined> {
  const layout = await search.layout()
  for (const version of await installedVersions(layout, search)) {
    if ((await readInstalled(layout.entry(version), search.context))?.sha256 === sha256) return version
  }
  return undefined
}

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

/** The tar package of the download service or of a mirror. The last resort: what is wrong here is the step's failure. */
export const download: CliResolver = {
  source: 'download',
  async find(search) {
    const { request, context } = search
    const target = search.target()
    if ('problem' in target) throw new RunnerError('unavailable', target.problem, { remedy: target.remedy })
    const release = await search.release()
    const origin = shownUrl(release.url)
    return installOnce(
      {
        source: 'download',
        version: release.version,
        otherwise: 'not taken',
        async install(staging, layout) {
          context.say('info', `Downloading the CLI ${release.version ?? request.version} from ${origin}`)
          const file = join(staging, 'archive')
          const sha256 = await fetchArchive(release, file, { request, context, target })
          const placed = await installArchive(
            { file, sha256, origin, version: release.version },
            staging,
            layout,
            search,
          )
          await keepArchive({ file, sha256, version: placed.version }, layout, search)
          return placed
        },
      },
      search,
    )
  },
}
