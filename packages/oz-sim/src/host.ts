/** What the stand-in needs of the machine; `process-host.ts` is the real one. */
export interface Host {
  /** The `oz` that was called, as a path; its folder may hold `.oz-sim.json`. */
  readonly executable: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  readonly pid: number
  readonly ppid: number
  readonly cwd: string
  readonly stdout: Sink
  readonly stderr: Sink
  /** Resolves at the end of stdin; `seen` hears of every chunk. */
  readonly drainStdin: (seen: (bytes: number) => void) => Promise<void>
  readonly now: () => number
  /** Resolves after `ms`, or at once when `signal` aborts. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>
  readonly onSignal: (name: CatchableSignal, handler: () => void) => void
  /** Ends this process by a signal, past any handler. */
  readonly raise: (signal: NodeJS.Signals) => Promise<never>
}

export type CatchableSignal = 'SIGTERM' | 'SIGINT'

/** Where bytes go; resolves when the operating system has taken them all. */
export interface Sink {
  readonly write: (bytes: string | Uint8Array) => Promise<void>
}
