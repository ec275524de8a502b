import { join } from 'node:path'
import * as z from 'zod'
import { IMAGE_BYTES, readBinaryImage } from '../binary-image.ts'
import type { Cli } from '../cli.ts'
import type { CliContext } from '../cli-context.ts'
import { probe } from '../probe.ts'

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
