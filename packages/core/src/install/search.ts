import type { Channel, InputId } from '../contract/inputs.ts'
import type { CliRequest } from '../contract/request.ts'
import type { Environment, Ports } from '../ports.ts'
import type { NoteLevel } from '../report/log-format.ts'

/** A CLI that was verified: it starts on this machine. */
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

/** The largest archive of a release, in bytes: several times what there is (118 MB), far below what fills a disk. */
export const LARGEST_ARCHIVE = 1_000_000_000

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
  /**
   * A folder that only this step may read (mode 0700), made here if need be and removed by whoever names it. A CLI that
   * is pinned by its sum runs from there. A temporary folder of its own, which stays, if not given.
   */
  readonly privateFolder?: string | undefined
  /** Called when an archive begins to be downloaded. */
  readonly onDownload?: (() => void) | undefined
  /** Ends waits and downloads when the job is cancelled. */
  readonly signal?: AbortSignal | undefined
  /** How the platform spells an input. */
  nameOf(id: InputId): string
  /** Whether the log tells of every place. */
  readonly debug?: boolean
  /** A line for the step's log. */
  say(level: NoteLevel, line: string): void
}

/** The machines that the download service has a stand-alone CLI for, in its own words. */
export interface PackageTarget {
  readonly os: 'linux' | 'macos'
  readonly arch: 'x86_64' | 'aarch64'
}

export interface NoPackage {
  readonly problem: string
  readonly remedy: string
}

/** One release of the CLI for one kind of machine. */
export interface Release {
  /** Release tag with its `v`; undefined when only the archive itself can tell (a mirror that serves it directly). */
  readonly version: string | undefined
  /** Where its archive is. */
  readonly url: string
  /** Addresses that were asked before and did not have it. */
  readonly missing: readonly string[]
}

/** The package that is to be downloaded. */
export interface PackageRequest {
  readonly request: CliRequest
  readonly context: CliContext
  readonly target: PackageTarget
}

/** Where the versions of one channel for one kind of machine are kept. An install touches nothing outside `folder`. */
export interface Layout {
  readonly folder: string
  /** Ends the name of every entry of this kind of machine. */
  readonly suffix: string
  /** The folder of one installed version: `install.json` beside `tree/`, the unpacked archive. */
  entry(version: string): string
  /** How the names of the folders begin that an install works in; each install gets one of its own. */
  readonly staging: string
  /** One file for each version in use; its time of change says when a step last took that version. */
  readonly uses: string
  /** The archive with that SHA-256, kept so that a step with a pinned sum can prove what it runs. */
  archive(sha256: string): string
  readonly archives: string
  /** Where the platform's cache puts an archive, and takes it from. */
  exchange(key: string): string
}

export interface ArchiveToInstall {
  readonly file: string
  readonly sha256: string
  /** Where it came from, for messages. */
  readonly origin: string
  /** The version that it should hold; undefined where only the CLI itself can tell. */
  readonly version: string | undefined
}

/** A CLI that was installed and verified. */
export interface InPlace {
  /** Its folder in the tool folder; undefined for a pinned one, which is in the step's private folder. */
  readonly entry: string | undefined
  readonly path: string
  readonly version: string
  readonly sha256: string
}

/** One search for a CLI: what is asked for, the step around it, and the release that this means. */
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

/** A resolver's result: the CLI, or one line why not. */
export type ResolverResult =
  | { readonly cli: Cli; readonly why: string; readonly unasked?: never }
  /** `unasked`: the user has not named this place, so that only a debug log tells of it. */
  | { readonly cli?: never; readonly why: string; readonly unasked?: boolean }

/** One place where a CLI may be. It throws `RunnerError` only where looking further would be wrong. */
export interface CliResolver {
  readonly source: Cli['source']
  find(search: CliSearch): Promise<ResolverResult>
}
