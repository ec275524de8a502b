import type { Channel, InputId } from '../contract/inputs.ts'
import type { CliRequest } from '../contract/request.ts'
import type { Environment, Ports } from '../ports.ts'
import type { NoteLevel } from '../report/log-format.ts'
import type { NoPackage, PackageTarget, Release } from './release.ts'
import type { Layout } from './store.ts'

/** A CLI that was proven to start on this machine. */
export interface Cli {
  /** Absolute path of the executable. */
  readonly path: string
  /** What `--version` printed. */
  readonly version: string
  /** SHA-256 of the archive it came from, where it was downloaded by us. */
  readonly sha256: string | undefined
  /** Which resolver found it. */
  readonly source: 'oz_path' | 'path' | 'tool-cache' | 'platform-cache' | 'download'
}

const COMMANDS: Record<Channel, string> = { stable: 'oz', preview: 'oz-preview', dev: 'oz-dev' }

/** The CLI's command on PATH, by its release channel. */
export function commandName(channel: Channel): string {
  return COMMANDS[channel]
}

/** Keeps a folder between the runs of a CI. Neither call may fail the step: what goes wrong is only told. */
export interface PlatformCache {
  /** Fills the folder with what was saved under this key; false when nothing was. */
  restore(key: string, folder: string): Promise<boolean>
  /** Saves the folder's content; a key that exists is left as it is. */
  save(key: string, folder: string): Promise<void>
}

export type CliPorts = Pick<Ports, 'files' | 'processes' | 'clock' | 'machine' | 'http' | 'archives'>

/** What finding a CLI needs to know of the step around it. */
export interface CliContext {
  readonly ports: CliPorts
  /** The job's environment: PATH, proxies, certificates, cache folders. */
  readonly env: Environment
  /** Where a relative path of the user starts: the checkout; the folder of this process if not given. */
  readonly checkout?: string | undefined
  /** What `--version` is started with; it should hold no secrets. */
  readonly probeEnv: Environment
  /** Where installed versions are kept; a folder of the user's cache when the platform has none. */
  readonly toolFolder: string | undefined
  readonly platformCache?: PlatformCache | undefined
  /** Ends waits and downloads when the job is cancelled. */
  readonly signal?: AbortSignal | undefined
  /** How the platform spells an input. */
  nameOf(id: InputId): string
  /** A line for the step's log. */
  say(level: NoteLevel, line: string): void
}

/** One search for a CLI: the order, its surroundings, and the release that the order stands for. */
export interface CliSearch {
  readonly request: CliRequest
  readonly context: CliContext
  /** Which release is wanted; asks the download service once, and only for `latest`. */
  release(): Promise<Release>
  /** The package for this machine, or why there is none. */
  target(): PackageTarget | NoPackage
  /** Where installed versions live; only to be asked for on a machine that has a package. */
  layout(): Promise<Layout>
}

/** What a resolver came to: the CLI, or one line why not. */
export type Finding =
  | { readonly cli: Cli; readonly why: string }
  | { readonly cli?: never; readonly why: string }

/** One place where a CLI may be. It throws `RunnerError` only where looking further would be wrong. */
export interface CliResolver {
  readonly source: Cli['source']
  find(search: CliSearch): Promise<Finding>
}
