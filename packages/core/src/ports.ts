/**
 * The few side effects that core needs. `node/` has the real ones, `testing/` has fakes.
 * Everything else in core is pure, or goes through these.
 */
export interface Ports {
  readonly clock: Clock
  readonly files: Files
  readonly processes: Processes
  readonly machine: Machine
  readonly stop: StopSignals
  readonly http: Http
  readonly archives: Archives
  readonly yaml: Yaml
  /** Where the step's own log goes, as finished text of the platform's form. */
  readonly log: TextSink
}

/** Environment variables; a variable that is not set is absent. */
export type Environment = Readonly<Record<string, string | undefined>>

export interface Clock {
  /** Milliseconds since 1970, for time stamps. */
  now(): number
  /** Milliseconds that only ever grow, for durations. */
  elapsed(): number
  /** Calls back once after a delay; the returned function takes that back. Never keeps the process alive alone. */
  after(milliseconds: number, callback: () => void): () => void
  /** Resolves after a delay, or at once when the signal aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>
}

/** What is known of the machine; read once. */
export interface Machine {
  /** Of this process itself. */
  readonly pid: number
  readonly platform: NodeJS.Platform
  readonly arch: NodeJS.Architecture
  readonly home: string
  readonly temp: string
  /** The folder that the step was started in. */
  readonly cwd: string
  readonly nodeVersion: string
}

export interface FileInfo {
  readonly kind: 'file' | 'folder' | 'other'
  readonly size: number
  /** Unix permission bits. */
  readonly mode: number
  /** When its content was last changed, in milliseconds since 1970, whole. */
  readonly modified: number
}

/** What stands at a path itself: a link is not followed. */
export interface LinkInfo {
  readonly kind: FileInfo['kind'] | 'link'
  /** Unix permission bits. */
  readonly mode: number
  /** Whose it is: `us` for the user that this process runs as, always on Windows. */
  readonly owner: 'us' | 'root' | 'other'
}

/** Appends bytes at once, so that what was written outlives a kill of this process. */
export interface AppendFile {
  write(bytes: Uint8Array | string): void
  close(): void
}

export interface Files {
  /** undefined where nothing is; throws the system's error for anything else. */
  info(path: string): Promise<FileInfo | undefined>
  /** The same of what stands at the path itself, with its owner. */
  linkInfo(path: string): Promise<LinkInfo | undefined>
  readText(path: string): Promise<string>
  readBytes(path: string): Promise<Uint8Array>
  /** The first bytes of a file, fewer where it is shorter. */
  readStart(path: string, maxBytes: number): Promise<Uint8Array>
  list(folder: string): Promise<string[]>
  /** Writes beside the target and renames, so that a reader never sees half a file. */
  write(path: string, content: string | Uint8Array, options?: { mode?: number }): Promise<void>
  /**
   * Opens a file to append to it, and makes it where nothing is.
   * @param options.only `new` refuses whatever is there already; `plain` refuses a link. Without it both are taken.
   */
  append(path: string, options?: { mode?: number; only?: 'new' | 'plain' }): AppendFile
  makeFolder(path: string, options?: { mode?: number }): Promise<void>
  /**
   * Makes a folder at a name that others may know (mode 0700), in a folder that exists. Takes one that is there only
   * when `ownFolderProblem` finds nothing. @throws UntrustedFolderError for any other.
   */
  makeOwnFolder(path: string): Promise<void>
  /**
   * Why this user must not trust what is in a folder, as the end of a sentence about it: it is a link, belongs to
   * somebody else, or lets others in. Undefined when nothing is wrong, or on Windows, where a user's temporary folder is
   * his own; `'is not there'` when nothing is.
   */
  ownFolderProblem(path: string): Promise<string | undefined>
  /** Whether the path itself is a link; false where nothing is. */
  isLink(path: string): Promise<boolean>
  /** A new folder with a random name and mode 0700. */
  makeTempFolder(prefix: string): Promise<string>
  /** Creates the file if it is not there yet and says whether this call did; of several callers one gets true. */
  claim(path: string): Promise<boolean>
  /** Removes a file or a whole folder; nothing there is fine. */
  remove(path: string): Promise<void>
  rename(from: string, to: string): Promise<void>
  /** The path without links; throws where nothing is. */
  realPath(path: string): Promise<string>
  /** Whether this process may execute the file. */
  isExecutable(path: string): Promise<boolean>
  /** Bytes that are free for this user on the disk of that folder. */
  freeSpace(folder: string): Promise<number>
}

export interface Command {
  readonly file: string
  readonly args: readonly string[]
  /** The whole environment of the process; nothing is inherited. */
  readonly env: Environment
  readonly cwd?: string
}

export type ExitStatus =
  | { readonly kind: 'code'; readonly code: number }
  | { readonly kind: 'signal'; readonly signal: NodeJS.Signals }

/** A process in a group of its own, without standard input. */
export interface RunningProcess {
  readonly pid: number
  /** Bytes as they come; ends when the pipe closes or `release` is called. */
  readonly stdout: AsyncIterable<Uint8Array>
  readonly stderr: AsyncIterable<Uint8Array>
  /** When the process itself has ended; its pipes may still be held open by children. */
  readonly exited: Promise<ExitStatus>
  /** Stops reading both pipes: whoever still holds them no longer keeps us. */
  release(): void
}

export interface CompletedProcess {
  readonly exit: ExitStatus
  readonly stdout: string
  readonly stderr: string
  readonly timedOut: boolean
}

export interface ProcessRow {
  readonly pid: number
  readonly parent: number
  readonly group: number
}

export interface Processes {
  /** Starts a process; rejects with a `StartError` that carries the system's code when it cannot. */
  start(command: Command): Promise<RunningProcess>
  /** Runs a short command to its end; never rejects for an exit status, kills the group at the time limit. */
  run(
    command: Command,
    limits: {
      readonly timeout: number
      readonly maxBytes?: number
      readonly input?: string
      /** Kills the group before its time, as at the time limit. */
      readonly signal?: AbortSignal
    },
  ): Promise<CompletedProcess>
  /** Every process of this machine that can be seen and still runs (no zombies). Empty on Windows. */
  list(): Promise<readonly ProcessRow[]>
  /** A text that no other process with this number ever has, before or after; undefined when it is gone or cannot be told. */
  startTime(pid: number): Promise<string | undefined>
  /** This user's processes whose environment holds `name=value`: how children are found that left their group. Empty where the system does not show it. */
  withVariable(name: string, value: string): Promise<readonly number[]>
  /**
   * Sends a signal to a process (or to a group, as a negative number). False when there is none; on Windows, where every
   * signal ends the process and its descendants, also when it could not be ended.
   */
  signal(pid: number, signal: NodeJS.Signals | 0): boolean
  /**
   * Makes the values of these variables unreadable in what the system shows of this process to other processes of the
   * same user; this process and those that it starts keep them. Does nothing where the system has no such way.
   */
  hideOwnVariables(names: readonly string[]): void
}

/** SIGHUP: a terminal or a connection was closed. It counts as SIGTERM does. */
export type StopSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP'

/** What the CI sends to end the job. */
export interface StopSignals {
  /** Calls back at each signal, first for signals that came before; the returned function ends that. */
  listen(callback: (signal: StopSignal) => void): () => void
}

export interface TextSink {
  /** Resolves when more may be written; a sink that was closed by its reader swallows the rest. */
  write(text: string): Promise<void> | void
}

export interface HttpRequest {
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  /** Proxies (`HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`) and extra CA certificates (`NODE_EXTRA_CA_CERTS`, `SSL_CERT_FILE`) are taken from here. */
  readonly env: Environment
  /** Milliseconds until name, proxy, connection and TLS stand; 15 s if not given. */
  readonly connectTimeout?: number
  /** Milliseconds without a single byte, before the answer or within it; 30 s if not given. */
  readonly stallTimeout?: number
  readonly signal?: AbortSignal
}

/** An answer as it came: redirects are not followed and no status is an error. */
export interface HttpResponse {
  readonly status: number
  /** Names in lower case; repeated headers joined by a comma. */
  readonly headers: Readonly<Record<string, string>>
  /** Ends only when the answer is complete; throws `HttpError` when it breaks off. Leaving it closes the connection. */
  readonly body: AsyncIterable<Uint8Array>
}

export interface Http {
  /** One request, no retry. Rejects with `HttpError` when no answer comes. */
  request(request: HttpRequest): Promise<HttpResponse>
}

export interface Archives {
  /**
   * Unpacks a gzipped tar into an existing, empty folder; links, owners and set-uid bits that could harm are refused or dropped.
   * Rejects with `ArchiveError` for what is wrong with the archive, with the system's error for what is wrong with the disk,
   * and at once when the signal aborts.
   */
  unpack(archive: string, folder: string, signal?: AbortSignal): Promise<void>
  /**
   * Copies an archive into a new file of mode 0600 and returns the SHA-256 of exactly the bytes that were written there.
   * Rejects with `ArchiveError` for a link, for what is no plain file, and for more bytes than any release has.
   */
  copy(archive: string, file: string, signal?: AbortSignal): Promise<string>
}

/** What became of a YAML text: its value, or the first thing that is wrong with it. */
export type YamlReading =
  | { readonly ok: true; readonly value: unknown }
  /** `offset` counts UTF-16 units from the start; `what` is the parser's name of the fault, in words. */
  | { readonly ok: false; readonly offset: number; readonly what: string }

export interface Yaml {
  parse(text: string): Promise<YamlReading>
}
