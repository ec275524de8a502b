import { fstatSync, statSync } from 'node:fs'

export type Environment = Readonly<Record<string, string | undefined>>

/** What the stand-in needs of the machine. */
export interface Host {
  /** The `oz` that was called, as a path; its folder may hold `.oz-sim.json`. */
  readonly executable: string
  readonly args: readonly string[]
  readonly env: Environment
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

/** This process as a host. `argv` is `[node, program, executable, ...args]`, as the executable starts it. */
export function processHost(executable: string): Host {
  return {
    executable,
    args: process.argv.slice(3),
    env: process.env,
    platform: process.platform,
    pid: process.pid,
    ppid: process.ppid,
    cwd: process.cwd(),
    stdout: sink(process.stdout),
    stderr: sink(process.stderr),
    drainStdin,
    now: Date.now,
    sleep,
    onSignal: (name, handler) => {
      process.on(name, handler)
    },
    raise: (signal) => {
      process.removeAllListeners(signal)
      process.kill(process.pid, signal)
      return sleep(2 ** 30) as Promise<never>
    },
  }
}

function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, Math.min(ms, 2 ** 31 - 1))
    signal?.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

/** A stream as a sink: the promise resolves when the kernel has the bytes, so that nothing is lost at the exit. */
function sink(stream: NodeJS.WriteStream): Sink {
  // A reader that went away rejects the write; without a listener it would end the process with a stack.
  stream.on('error', () => {})
  return {
    write: (bytes) =>
      new Promise((resolve, reject) => {
        stream.write(bytes, (error) => (error ? reject(error) : resolve()))
      }),
  }
}

/** Reads stdin to its end, counting bytes. Never resolves while a writer keeps it open. */
function drainStdin(seen: (bytes: number) => void): Promise<void> {
  return new Promise((resolve) => {
    process.stdin.on('data', (chunk) => seen(chunk.length))
    process.stdin.on('end', resolve)
    process.stdin.on('error', () => resolve())
  })
}

/** The Node that this process runs on. */
export const thisNode = process.execPath

/** What a file descriptor is; `null-device` also for one that was closed (the runtime opens it again as such). */
export type DescriptorKind = 'null-device' | 'terminal' | 'pipe' | 'socket' | 'file' | 'other' | 'closed'

export function kindOfDescriptor(fd: number): DescriptorKind {
  try {
    const stat = fstatSync(fd)
    if (stat.isFIFO()) return 'pipe'
    if (stat.isSocket()) return 'socket'
    if (stat.isFile()) return 'file'
    if (!stat.isCharacterDevice()) return 'other'
    return stat.rdev === statSync('/dev/null', { throwIfNoEntry: false })?.rdev ? 'null-device' : 'terminal'
  } catch {
    return 'closed'
  }
}
