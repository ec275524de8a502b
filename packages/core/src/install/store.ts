import { join } from 'node:path'
import * as z from 'zod'
import type { Channel } from '../contract/inputs.ts'
import { ArchiveError, messageOf } from '../errors.ts'
import type { Files } from '../ports.ts'
import { IMAGE_BYTES, readBinaryImage } from './machine.ts'
import type { PackageTarget } from './release.ts'
import type { Cli, CliContext } from './search.ts'
import { probe } from './verify.ts'

/** Where the versions of one channel for one kind of machine live. Everything that an install touches is below `folder`. */
export interface Layout {
  readonly folder: string
  /** Ends the name of every entry of this kind of machine. */
  readonly suffix: string
  /** The folder of one installed version: `install.json` beside `tree/`, the unpacked archive. */
  entry(version: string): string
  /** The folder that is a lock; `name` is a version, or `latest` where none is known yet. */
  lock(name: string): string
  /** What one holder of the lock works in; `token` is the holder's. */
  staging(name: string, token: string): string
  /** Marks of the processes that use a version. */
  readonly uses: string
  /** Where the platform's cache puts an archive, and takes it from. */
  exchange(key: string): string
}

export function layoutOf(toolFolder: string, channel: Channel, target: PackageTarget): Layout {
  const folder = join(toolFolder, 'oz-cli', channel)
  const suffix = `-${target.os}-${target.arch}`
  return {
    folder,
    suffix,
    entry: (version) => join(folder, version + suffix),
    lock: (name) => join(folder, `.lock-${name}${suffix}`),
    staging: (name, token) => join(folder, `.staging-${name}${suffix}-${token}`),
    uses: join(folder, '.uses'),
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

/** The same, or a fresh temporary folder where that one may not be written to and holds nothing to use. */
export async function usableToolFolder(context: CliContext): Promise<string> {
  const folder = toolFolderOf(context)
  const { files, machine } = context.ports
  if ((await files.info(join(folder, 'oz-cli')).catch(() => undefined)) !== undefined) return folder
  try {
    await files.makeFolder(join(folder, 'oz-cli'))
    return folder
  } catch (error) {
    const temporary = await files.makeTempFolder(join(machine.temp, 'oz-cli-'))
    context.say(
      'warning',
      `The tool folder ${folder} cannot be made (${messageOf(error)}): the CLI goes to ${temporary}, which later steps do not find.`,
    )
    return temporary
  }
}

const fileMark = z.object({ path: z.string(), size: z.int(), modified: z.number() })

/**
 * `install.json` beside an unpacked release: what it is, and what its proof was. The proof holds as long as neither the
 * executable nor the loader that runs it has changed (size and time of change); then no process is started to prove it again.
 */
const installedSchema = z.object({
  version: z.string(),
  sha256: z.string(),
  executable: fileMark.describe('its path below the entry'),
  loader: fileMark.nullable().describe('null for a static program, and where there is no ELF'),
})

export type Installed = z.infer<typeof installedSchema>

const RECORD = 'install.json'

/** What an entry's folder says of itself; undefined where no whole install is. */
export async function readInstalled(entry: string, { ports }: CliContext): Promise<Installed | undefined> {
  try {
    return installedSchema.safeParse(JSON.parse(await ports.files.readText(join(entry, RECORD)))).data
  } catch {
    return undefined
  }
}

/** Writes the record of a proven install. `executable` is its path below the entry. */
export async function recordInstall(
  entry: string,
  facts: { readonly version: string; readonly sha256: string; readonly executable: string },
  context: CliContext,
): Promise<Installed> {
  const path = join(entry, facts.executable)
  const image = readBinaryImage(await context.ports.files.readStart(path, IMAGE_BYTES))
  const loader = image.kind === 'elf' ? image.interpreter : undefined
  const mark = await markOf(path, context)
  if (mark === undefined) throw new Error(`${path} vanished while it was installed`)
  const installed: Installed = {
    version: facts.version,
    sha256: facts.sha256,
    executable: { ...mark, path: facts.executable },
    loader: loader === undefined ? null : ((await markOf(loader, context)) ?? null),
  }
  await context.ports.files.write(join(entry, RECORD), `${JSON.stringify(installed, null, 2)}\n`)
  return installed
}

export type Proof =
  | { readonly kind: 'proven'; readonly cli: Omit<Cli, 'source'> }
  | { readonly kind: 'absent' }
  | { readonly kind: 'broken'; readonly problem: string }

/** Whether an entry holds a CLI that runs here. Starts it only when something changed since it was last proven. */
export async function proveInstalled(entry: string, context: CliContext): Promise<Proof> {
  const installed = await readInstalled(entry, context)
  if (installed === undefined) return { kind: 'absent' }
  const { version, sha256, executable, loader } = installed
  const path = join(entry, executable.path)
  const cli = { path, version, sha256 }
  if (
    (await isUnchanged({ ...executable, path }, context)) &&
    (loader === null || (await isUnchanged(loader, context)))
  ) {
    return { kind: 'proven', cli }
  }
  const result = await probe(path, context)
  if (!result.ok) return { kind: 'broken', problem: result.problem }
  if (result.version !== version) return { kind: 'broken', problem: `it is version ${result.version} by now` }
  await recordInstall(entry, { version, sha256, executable: executable.path }, context).catch(() => undefined)
  return { kind: 'proven', cli }
}

type FileMark = z.infer<typeof fileMark>

async function markOf(path: string, { ports }: CliContext): Promise<FileMark | undefined> {
  const info = await ports.files.info(path)
  return info?.kind === 'file' ? { path, size: info.size, modified: info.modified } : undefined
}

async function isUnchanged(mark: FileMark, context: CliContext): Promise<boolean> {
  const now = await markOf(mark.path, context).catch(() => undefined)
  return now?.size === mark.size && now.modified === mark.modified
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
      const info = await files.info(join(folder, name))
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
