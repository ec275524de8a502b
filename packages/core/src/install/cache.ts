import { messageOf, RunnerError } from '../errors.ts'
import { HttpError } from '../http/http.ts'
import { installProven, type Proof } from './prove.ts'
import type { ArchiveToInstall, CliResolver, CliSearch, ResolverResult } from './search.ts'
import { installedVersions, markUse } from './store.ts'
import { diskFailure } from './unpack.ts'
import { distrustOfEntry, readInstalled, verifyInstalled } from './verify.ts'

/**
 * A version that an earlier step installed on this machine. A pinned version, or a pinned sum, makes no request;
 * `latest` makes one, and takes the newest that is installed when the network fails. With a pinned sum what is installed
 * is not looked at: the CLI is unpacked anew from a kept archive that has this sum.
 */
export const toolCache: CliResolver = {
  source: 'tool-cache',
  async find(search) {
    const { request } = search
    const target = search.target()
    if ('problem' in target) return { why: `not searched. ${target.problem}` }
    if (request.sha256 !== undefined) return takeProven(request.sha256, search)
    return request.version === 'latest' ? takeLatest(search) : takeInstalled(request.version, search)
  },
}

/** Takes the CLI out of the kept archive with the pinned sum, after its bytes were compared with that sum once more. */
async function takeProven(pin: string, search: CliSearch): Promise<ResolverResult> {
  const { request, context } = search
  const { files } = context.ports
  const layout = await search.layout()
  const file = layout.archive(pin)
  const name = context.nameOf('ozSha256')
  if ((await files.linkInfo(file)) === undefined) {
    return { why: `not taken, no archive with the SHA-256 of ${name} is kept in ${layout.archives}` }
  }
  // Marked before it is read, so that no other install removes it in between.
  await markUse(file, layout, context)
  const archive = { file, sha256: pin, version: undefined, origin: file }
  const proof = await proveKept(archive, pin, search)
  if (proof.kind === 'changed') {
    context.say(
      'warning',
      `The tool cache was changed: ${file} is not the archive that was kept. ${proof.problem} The CLI is fetched anew. Find out who can write to ${layout.folder}.`,
    )
    await files.remove(file).catch(() => undefined)
    return { why: `not taken, ${file} is not the archive that was kept` }
  }
  const { path, version, sha256 } = proof.cli
  if (request.version !== 'latest' && request.version !== version) {
    return {
      why: `not taken, the archive with the SHA-256 of ${name} is version ${version}, not ${request.version}`,
    }
  }
  return {
    cli: { path, version, sha256, source: 'tool-cache' },
    why: `taken, ${version} was unpacked to ${path} from an archive that has the SHA-256 of ${name}`,
  }
}

/** What cannot be read is as good as changed; what is wrong with the step's own disk is the step's failure. */
async function proveKept(archive: ArchiveToInstall, pin: string, search: CliSearch): Promise<Proof> {
  try {
    return await installProven(archive, pin, search)
  } catch (error) {
    if (error instanceof Error && 'path' in error && error.path === archive.file) {
      return { kind: 'changed', problem: `It cannot be read (${messageOf(error)}).` }
    }
    throw diskFailure(error, archive.file) ?? error
  }
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

/** Takes an installed version if it is there, is ours, and runs. */
async function takeInstalled(version: string, search: CliSearch): Promise<ResolverResult> {
  const { context } = search
  const layout = await search.layout()
  const entry = layout.entry(version)
  const distrust = await distrustOfEntry(entry, context)
  if (distrust !== undefined) {
    context.say(
      'warning',
      `The installed ${version} is not used, because ${distrust}. The CLI is fetched anew.`,
    )
    return { why: `not taken, ${distrust}` }
  }
  if ((await readInstalled(entry, context)) === undefined) {
    return { why: `not taken, ${version} is not installed in ${layout.folder}` }
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
