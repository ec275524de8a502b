import { RunnerError } from '../../errors.ts'
import { HttpError } from '../../http/http-error.ts'
import type { CliResolver, CliSearch, Finding } from '../cli-context.ts'
import { readInstalled } from '../store/installed.ts'
import { installedVersions, takeInstalled } from '../store/take-installed.ts'

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
