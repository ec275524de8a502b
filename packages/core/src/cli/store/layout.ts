import { join } from 'node:path'
import type { Channel } from '../../contract/inputs.ts'
import type { PackageTarget } from '../package-target.ts'

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
