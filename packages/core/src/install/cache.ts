import { createHash } from 'node:crypto'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { ArchiveError, messageOf, RunnerError } from '../errors.ts'
import { HttpError } from '../http/http.ts'
import type {
  CliContext,
  CliResolver,
  CliSearch,
  InPlace,
  Layout,
  PlatformCache,
  ResolverResult,
} from './search.ts'
import { cacheKey, installedVersions, markUse } from './store.ts'
import { installArchive, installInStaging } from './unpack.ts'
import { readInstalled, verifyInstalled } from './verify.ts'

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

async function takeLatest(search: CliSearch): Promise<ResolverResult> {
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

async function takeNewest(search: CliSearch): Promise<ResolverResult | undefined> {
  for (const version of await installedVersions(await search.layout(), search.context)) {
    const result = await takeInstalled(version, search)
    if (result.cli !== undefined) return result
  }
  return undefined
}

/** Takes an installed version if it is there, fits the pinned sum, and runs. */
async function takeInstalled(version: string, search: CliSearch): Promise<ResolverResult> {
  const { request, context } = search
  const layout = await search.layout()
  const entry = layout.entry(version)
  const sum = (await readInstalled(entry, context))?.sha256
  if (sum === undefined) return { why: `not taken, ${version} is not installed in ${layout.folder}` }
  if (request.sha256 !== undefined && request.sha256 !== sum) {
    return {
      why: `not taken, the installed ${version} came from an archive with SHA-256 ${sum}, not ${request.sha256}`,
    }
  }
  // Marked before it is verified, so that no other install removes it in between.
  await markUse(entry, layout, context)
  const check = await verifyInstalled(entry, context)
  if (check.kind === 'absent') return { why: `not taken, ${version} was removed a moment ago` }
  if (check.kind === 'broken')
    return { why: `not taken, the installed ${version} does not run: ${check.problem}` }
  return {
    cli: { ...check.cli, source: 'tool-cache' },
    why: `taken, ${version} is installed as ${check.cli.path}`,
  }
}

/** The network's failure, not the user's: another address or version would not have helped. */
function isNetworkFailure(error: unknown): boolean {
  if (!(error instanceof RunnerError)) return false
  return error.code === 'temporary' || error.cause instanceof HttpError
}

async function versionWithSum(sha256: string, search: CliSearch): Promise<string | undefined> {
  const layout = await search.layout()
  for (const version of await installedVersions(layout, search.context)) {
    if ((await readInstalled(layout.entry(version), search.context))?.sha256 === sha256) return version
  }
  return undefined
}

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
    return installInStaging(
      'platform-cache',
      search,
      (staging, layout) => restore(key, cache, staging, layout, wanted, search),
      `not taken, nothing fit to use is kept as ${key}`,
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
    if (request.sha256 === undefined)
      context.say(
        'warning',
        `The CLI comes from the cache that jobs share, and whoever can write to that could have changed it: give its SHA-256 in ${context.nameOf('ozSha256')}.`,
      )
    const file = join(staging, 'archive')
    await files.rename(kept.file, file)
    const archive = { file, sha256: kept.sha256, version, origin: `the archive kept as ${key}` }
    return await installArchive(archive, staging, layout, search)
  } catch (error) {
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

/** An archive in a folder that the platform's cache filled, after its sum was compared with the recorded one. */
async function readKept(folder: string, { ports }: CliContext): Promise<{ file: string; sha256: string }> {
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
    await ports.files.remove(folder).catch(() => undefined)
  }
}
