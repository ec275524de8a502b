import { basename, join } from 'node:path'
import type { Milliseconds } from '../contract/duration.ts'
import type { Channel } from '../contract/inputs.ts'
import { ArchiveError, messageOf, RunnerError } from '../errors.ts'
import type { Files } from '../ports.ts'
import type { CliContext, Layout, PackageTarget } from './search.ts'
import { distrustOfAny, distrustOfToolFolder, FOLDER_MODE } from './trust.ts'
import { compareVersions, errnoOf } from './verify.ts'

export function layoutOf(toolFolder: string, channel: Channel, target: PackageTarget): Layout {
  const folder = join(toolFolder, 'oz-cli', channel)
  const suffix = `-${target.os}-${target.arch}`
  return {
    folder,
    suffix,
    entry: (version) => join(folder, version + suffix),
    staging: join(folder, '.staging-'),
    uses: join(folder, '.uses'),
    archives: join(folder, '.archives'),
    archive: (sha256) => join(folder, '.archives', `${sha256}.tar.gz`),
    exchange: (key) => join(folder, `.cache-${key}`),
  }
}

/** The version of an entry's name; undefined for every other name. */
export function versionOfEntry(name: string, { suffix }: Pick<Layout, 'suffix'>): string | undefined {
  return name.startsWith('v') && name.endsWith(suffix) ? name.slice(0, -suffix.length) : undefined
}

/** The key of a release in the platform's cache; a pinned sum is part of it, so that another archive is never found. */
export function cacheKey(
  channel: Channel,
  version: string,
  target: PackageTarget,
  sha256: string | undefined,
): string {
  const sum = sha256 === undefined ? '' : `-${sha256.slice(0, 16)}`
  return `oz-cli-${channel}-${version}-${target.os}-${target.arch}${sum}`
}

/**
 * The folder that installed versions are kept in: the platform's, else the user's cache folder.
 * https://specifications.freedesktop.org/basedir-spec/latest/
 */
export function toolFolderOf({
  toolFolder,
  env,
  ports,
}: Pick<CliContext, 'toolFolder' | 'env' | 'ports'>): string {
  if (toolFolder !== undefined) return toolFolder
  const { platform, home } = ports.machine
  const own = platform === 'darwin' ? join(home, 'Library', 'Caches') : join(home, '.cache')
  return join(env.XDG_CACHE_HOME?.startsWith('/') ? env.XDG_CACHE_HOME : own, 'oz-agent')
}

/**
 * The same, or a fresh temporary folder where that one may not be written to and holds nothing to use, or where another
 * user of this machine could put a program of theirs into it.
 */
export async function usableToolFolder(channel: Channel, context: CliContext): Promise<string> {
  const folder = toolFolderOf(context)
  const { files, machine } = context.ports
  const own = join(folder, 'oz-cli')
  const instead = (temporary: string, problem: string) => {
    context.say(
      'warning',
      `The tool folder ${problem}: the CLI goes to ${temporary}, which later steps do not find.`,
    )
    return temporary
  }
  const distrust = await distrustOfToolFolder(folder, join(own, channel), files).catch(
    (error: unknown) => `it cannot be looked at (${messageOf(error)})`,
  )
  if (distrust !== undefined) {
    return instead(await makeFolderOfStep('oz-cli-', context), `is not used, because ${distrust}`)
  }
  if ((await files.info(own).catch(() => undefined)) !== undefined) return folder
  try {
    await files.makeFolder(folder, FOLDER_MODE)
    await files.makeFolder(own, FOLDER_MODE)
    return folder
  } catch (error) {
    const temporary = await files.makeTempFolder(join(machine.temp, 'oz-cli-'))
    return instead(temporary, `${folder} cannot be made (${messageOf(error)})`)
  }
}

/** A new folder with a name that nobody can foresee, below the step's private folder. */
export async function makeFolderOfStep(
  prefix: string,
  { privateFolder, ports: { files, machine } }: CliContext,
): Promise<string> {
  if (privateFolder === undefined) return files.makeTempFolder(join(machine.temp, 'oz-cli-'))
  await files.makeFolder(privateFolder, { mode: 0o700 })
  // Whoever may write to it may put another program in the place of the proven one.
  const distrust = await distrustOfAny([privateFolder], files)
  if (distrust !== undefined) {
    throw new RunnerError('unavailable', `The step has no private folder: ${distrust}.`, {
      remedy: 'Remove it, and find out who made it.',
    })
  }
  return files.makeTempFolder(join(privateFolder, prefix))
}

/** Installed versions of this channel and kind of machine, newest first. */
export async function installedVersions(layout: Layout, { ports }: CliContext): Promise<string[]> {
  const names = await ports.files.list(layout.folder).catch(() => [])
  const versions = names
    .map((name) => versionOfEntry(name, layout))
    .filter((version) => version !== undefined)
  return versions.sort((a, b) => compareVersions(b, a))
}

const DAY: Milliseconds = 24 * 3_600_000
/** The newest versions that stay, of one channel and kind of machine. */
const KEPT_VERSIONS = 3
/** A version that a step took in this time stays too: a job takes at most five days on GitHub, and rarely one elsewhere. */
const IN_USE: Milliseconds = 7 * DAY
/** Nothing has been written for so long to the folder of an install that still runs: it retries and waits for minutes. */
const LEFTOVER_AGE: Milliseconds = 3_600_000

/** The file whose time of change says when a step last took an entry or an archive. */
export function useMark(path: string, { uses }: Pick<Layout, 'uses'>): string {
  return join(uses, basename(path))
}

/** Notes that a step takes this version or archive now, so that no other step removes it. A note that cannot be written is done without. */
export async function markUse(entry: string, layout: Layout, { ports }: CliContext): Promise<void> {
  try {
    await ports.files.makeFolder(layout.uses)
    await ports.files.write(useMark(entry, layout), '')
  } catch {
    // A tool folder that others fill may be read-only for us; then nobody prunes it for us either.
  }
}

/**
 * Removes old versions beyond the bound, never the given one nor one that a step took lately, and what killed installs
 * left behind. Best effort: a failure is only told.
 */
export async function prune(current: string | undefined, layout: Layout, context: CliContext): Promise<void> {
  try {
    for (const version of (await installedVersions(layout, context)).slice(KEPT_VERSIONS)) {
      const entry = layout.entry(version)
      const mark = useMark(entry, layout)
      if (entry === current || !(await isOlder(mark, IN_USE, context))) continue
      await removeEntry(entry, layout, context)
      await context.ports.files.remove(mark)
      context.say('info', `Removed the old version ${version} from the tool cache.`)
    }
    await removeLeftovers(layout, context)
  } catch (error) {
    context.say('info', `Old versions in ${layout.folder} could not be removed: ${messageOf(error)}`)
  }
}

/** Whether a file or folder has not changed for so long, or is not there. */
async function isOlder(path: string, age: Milliseconds, { ports }: CliContext): Promise<boolean> {
  const modified = (await ports.files.info(path))?.modified
  return modified === undefined || ports.clock.now() - modified > age
}

/** Moved aside first, so that nobody finds half of it. Another process may have removed it a moment ago. */
async function removeEntry(entry: string, layout: Layout, { ports }: CliContext): Promise<void> {
  const aside = await ports.files.makeTempFolder(layout.staging)
  try {
    await ports.files.rename(entry, join(aside, 'entry'))
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error
  } finally {
    await ports.files.remove(aside)
  }
}

async function removeLeftovers(layout: Layout, context: CliContext): Promise<void> {
  const { files } = context.ports
  for (const name of await files.list(layout.folder)) {
    if (!/^\.(staging|cache)-/.test(name)) continue
    const folder = join(layout.folder, name)
    // A download changes the archive in the folder, not the folder itself.
    const inside = (await files.list(folder).catch(() => [])).map((file) => join(folder, file))
    const ages = await Promise.all([folder, ...inside].map((path) => isOlder(path, LEFTOVER_AGE, context)))
    if (ages.every(Boolean)) await files.remove(folder)
  }
}

/** Holds the CLI's own skills, among them files whose names may start like the executable's. */
const RESOURCES = 'resources'

/**
 * The CLI's executable in an unpacked archive: the file whose name starts with `oz`, at the top, or in the one folder
 * that is there; never below `resources/`. Returns its path below `tree`; throws `ArchiveError` when there is not exactly one.
 */
export async function findExecutable(tree: string, command: string, files: Files): Promise<string> {
  const top = await listKinds(tree, files)
  const atTop = pick(top, command)
  if (atTop !== undefined) return atTop
  const folders = top.filter(({ name, kind }) => kind === 'folder' && name !== RESOURCES)
  const only = folders.length === 1 ? folders[0]?.name : undefined
  if (only !== undefined) {
    const inside = pick(await listKinds(join(tree, only), files), command)
    if (inside !== undefined) return join(only, inside)
  }
  const names = top.map(({ name, kind }) => (kind === 'folder' ? `${name}/` : name))
  throw new ArchiveError(
    `The archive holds no executable whose name starts with "oz"; at its top: ${names.slice(0, 10).join(', ') || 'nothing'}.`,
  )
}

interface Named {
  readonly name: string
  readonly kind: 'file' | 'folder' | 'other'
  readonly executable: boolean
}

async function listKinds(folder: string, files: Files): Promise<Named[]> {
  const names = (await files.list(folder)).sort()
  return Promise.all(
    names.map(async (name) => {
      // A link may lead nowhere, or to itself.
      const info = await files.info(join(folder, name)).catch(() => undefined)
      return { name, kind: info?.kind ?? 'other', executable: ((info?.mode ?? 0) & 0o111) !== 0 }
    }),
  )
}

/** Of several candidates, the command itself; else the only one; executables come before other files. Pure. */
function pick(entries: readonly Named[], command: string): string | undefined {
  const files = entries.filter(({ name, kind }) => kind === 'file' && name.startsWith('oz'))
  const runnable = files.filter(({ executable }) => executable)
  const candidates = runnable.length > 0 ? runnable : files
  const exact = candidates.find(({ name }) => name === command)
  if (exact !== undefined) return exact.name
  if (candidates.length <= 1) return candidates[0]?.name
  const names = candidates.map(({ name }) => name).join(', ')
  throw new ArchiveError(`The archive holds several executables (${names}), and none is named ${command}.`)
}
