import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { statSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { execa, type Options, type Result } from 'execa'
import { StartError } from '../errors.ts'
import type { Command, CompletedProcess, ExitStatus, Processes, RunningProcess } from '../ports.ts'

/** The bytes of one pipe; may be read once. */
export interface ByteSource extends AsyncIterable<Uint8Array> {
  /** Ends the reading at once, whoever still holds the other end. */
  release(): void
}

/**
 * Reads a pipe only as fast as its bytes are taken.
 *
 * It holds the pipe from the first moment: Node throws away what an ended process left in a pipe
 * that has no reader yet (https://nodejs.org/api/child_process.html#event-exit).
 */
export function createByteSource(pipe: Readable): ByteSource {
  let ended = false
  let wake: (() => void) | undefined
  const changed = (): void => wake?.()
  const end = (): void => {
    ended = true
    changed()
  }
  pipe.on('readable', changed)
  pipe.once('end', end)
  pipe.once('close', end)
  // A pipe that breaks has said all that it will ever say.
  pipe.on('error', end)

  async function* bytes(): AsyncGenerator<Uint8Array, void, void> {
    while (true) {
      const chunk: Uint8Array | null = pipe.destroyed ? null : pipe.read()
      if (chunk !== null) {
        yield chunk
        continue
      }
      if (ended) return
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }

  return {
    [Symbol.asyncIterator]: bytes,
    release() {
      pipe.destroy()
      end()
    },
  }
}

/** What every process here is started with. */
const COMMON = {
  // Nothing of this process's environment goes to another process by itself.
  extendEnv: false,
  // The pipes are read below, as fast as their bytes are taken.
  buffer: false,
  encoding: 'buffer',
  // An exit status is a result; what could not be started is a StartError.
  reject: false,
  // Else NODE_DEBUG=execa prints the arguments, prompts included.
  verbose: 'none',
} as const satisfies Options

/**
 * Starts a process without standard input, in a group (and session) of its own: a signal to our group never reaches
 * it, and one signal reaches all of it. It outlives this process unless someone ends it.
 * Rejects with `StartError`.
 */
export async function startProcess(command: Command): Promise<RunningProcess> {
  return (await spawn(command, { stdin: 'ignore', detached: true, cleanup: false })).running
}

type Started = Pick<
  Options,
  'input' | 'detached' | 'cleanup' | 'timeout' | 'cancelSignal' | 'killDescendants' | 'killSignal'
>

async function spawn(command: Command, options: Started & { readonly stdin?: 'ignore' }) {
  const { file, args, env, cwd } = command
  try {
    const subprocess = execa(file, args, {
      ...COMMON,
      ...options,
      env,
      ...(cwd === undefined ? {} : { cwd }),
    })
    const child = subprocess.nodeChildProcess
    // Both listen from here on: a short process may have ended before anyone waits for it.
    const exited = exitOf(child)
    const result: Promise<Pick<Result, 'cause' | 'timedOut' | 'isCanceled'>> = subprocess
    await Promise.race([
      once(child, 'spawn'),
      // Where the system refuses at once, there is only the result.
      result.then(({ cause }) => Promise.reject(cause)),
    ])
    // A signal that cannot be sent is reported by whoever sends it.
    child.on('error', () => {})
    return { result, running: runningOf(child, exited) }
  } catch (error) {
    throw toStartError(error as NodeJS.ErrnoException, command)
  }
}

function runningOf(child: ChildProcess, exited: Promise<ExitStatus>): RunningProcess {
  const { pid, stdout, stderr } = child
  if (pid === undefined || stdout === null || stderr === null)
    throw new Error('a started process has no pipes')
  const out = createByteSource(stdout)
  const err = createByteSource(stderr)
  return {
    pid,
    stdout: out,
    stderr: err,
    exited,
    release() {
      out.release()
      err.release()
      child.unref()
    },
  }
}

function exitOf(child: ChildProcess): Promise<ExitStatus> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      resolve(signal === null ? { kind: 'code', code: code ?? 1 } : { kind: 'signal', signal })
    })
  })
}

/** The system names only the file, also when the folder is what is missing. */
function toStartError(error: NodeJS.ErrnoException, { file, args, cwd }: Command): StartError {
  // The message of execa would show the argument, which may be a prompt.
  if (args.some((arg) => arg.includes('\0'))) {
    return new StartError('EINVAL', 'arguments', `an argument of ${file} holds a NUL character`, undefined)
  }
  const code = error.code ?? 'UNKNOWN'
  if (cwd !== undefined && !isFolder(cwd)) {
    return new StartError(code, 'folder', `${cwd} is not a folder that a process can be started in`, error)
  }
  if (code === 'E2BIG') {
    const message = `the arguments and the environment of ${file} are larger than this system allows`
    return new StartError(code, 'arguments', message, error)
  }
  const subject = ['ENOENT', 'EACCES', 'EPERM', 'ENOEXEC', 'EISDIR', 'ENOTDIR', 'ELOOP'].includes(code)
  const reason = REASONS[code] ?? error.message
  return new StartError(code, subject ? 'file' : 'system', `${file} cannot be started: ${reason}`, error)
}

const REASONS: Record<string, string> = {
  ENOENT: 'there is no such file, or the interpreter or loader that it names is missing',
  EACCES: 'it is a folder, or may not be executed by this user',
  ENOEXEC: 'it is no program for this machine',
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

/** How long a background child may hold the pipes after the command itself has ended, in ms. */
const PIPE_GRACE = 500
/** What a timer can hold. */
const LONGEST_TIMEOUT = 2 ** 31 - 1
const DEFAULT_MAX_BYTES = 10 * 1024 * 1024

/**
 * Runs a short command to its end. At the time limit (ms), and when the signal aborts, its whole group is killed and
 * `timedOut` says so; it is killed too when this process ends before it. What it prints on a pipe beyond `maxBytes`
 * (10 MiB) is read and dropped: execa's own limit would kill the command there.
 */
export async function runProcess(
  command: Command,
  { timeout, maxBytes = DEFAULT_MAX_BYTES, input, signal }: Parameters<Processes['run']>[1],
): Promise<CompletedProcess> {
  const { running, result } = await spawn(command, {
    ...(input === undefined ? { stdin: 'ignore' } : { input }),
    ...(signal === undefined ? {} : { cancelSignal: signal }),
    // execa takes whole milliseconds, and 0 for no limit.
    timeout: Math.min(Math.max(Math.ceil(timeout), 1), LONGEST_TIMEOUT),
    killDescendants: true,
    killSignal: 'SIGKILL',
  })
  const output = Promise.all([collect(running.stdout, maxBytes), collect(running.stderr, maxBytes)])
  const exit = await running.exited
  const grace = setTimeout(running.release, PIPE_GRACE)
  const [stdout, stderr] = await output
  clearTimeout(grace)
  const { timedOut, isCanceled } = await result
  return { exit, stdout, stderr, timedOut: timedOut || isCanceled }
}

async function collect(bytes: AsyncIterable<Uint8Array>, maxBytes: number): Promise<string> {
  const kept: Uint8Array[] = []
  let room = maxBytes
  for await (const chunk of bytes) {
    if (room > 0) kept.push(chunk.subarray(0, room))
    room -= chunk.length
  }
  return Buffer.concat(kept).toString('utf8')
}
