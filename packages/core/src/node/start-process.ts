import { type ChildProcess, spawn } from 'node:child_process'
import { statSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { StartError } from '../errors.ts'
import type { Command, CompletedProcess, ExitStatus, Processes, RunningProcess } from '../ports.ts'
import { killWindowsTree } from './process-table.ts'

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

/** Sends a signal to a process, or to a group as a negative number; false when there is none. */
export function sendSignal(pid: number, signal: NodeJS.Signals | 0): boolean {
  // 0 is our own group, -1 is everybody, 1 is the machine's own.
  if (!Number.isSafeInteger(pid) || Math.abs(pid) <= 1) return false
  if (process.platform === 'win32' && signal !== 0) return killWindowsTree(Math.abs(pid))
  try {
    return process.kill(pid, signal)
  } catch (error) {
    // It is there, but another user's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/**
 * Starts a process in a group (and session) of its own, so that a signal to our group never reaches it and one
 * signal reaches all of it.
 *
 * This is Node's own `spawn`: loading execa takes as long as starting Node itself (bundled: 40 ms beside 33 ms),
 * and of what it adds, only the collecting of output would be used.
 *
 * @param input what the process reads; without it, it has no standard input.
 */
export async function startProcess(command: Command, input?: string): Promise<RunningProcess> {
  const child = await spawned(command, input === undefined ? 'ignore' : 'pipe')
  const { pid, stdout, stderr } = child
  if (pid === undefined || stdout === null || stderr === null)
    throw new Error('a started process has no pipes')
  // A process need not read what it is given.
  child.stdin?.on('error', () => {}).end(input)
  const out = createByteSource(stdout)
  const err = createByteSource(stderr)
  return {
    pid,
    stdout: out,
    stderr: err,
    exited: exitOf(child),
    release() {
      out.release()
      err.release()
      child.unref()
    },
  }
}

function spawned(command: Command, stdin: 'ignore' | 'pipe'): Promise<ChildProcess> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException): void => reject(toStartError(error, command))
    try {
      const child = spawn(command.file, command.args, {
        ...(command.cwd === undefined ? {} : { cwd: command.cwd }),
        env: command.env,
        stdio: [stdin, 'pipe', 'pipe'],
        detached: true,
        shell: false,
        windowsHide: true,
      })
      child.once('error', fail)
      child.once('spawn', () => {
        child.off('error', fail)
        // A signal that cannot be sent is reported by whoever sends it.
        child.on('error', () => {})
        resolve(child)
      })
    } catch (error) {
      fail(error as NodeJS.ErrnoException)
    }
  })
}

function exitOf(child: ChildProcess): Promise<ExitStatus> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      resolve(signal === null ? { kind: 'code', code: code ?? 1 } : { kind: 'signal', signal })
    })
  })
}

/** The system names only the file, also when the folder is what is missing. */
function toStartError(error: NodeJS.ErrnoException, { file, cwd }: Command): StartError {
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

type Limits = Parameters<Processes['run']>[1]

/** How long a background child may hold the pipes after the command itself has ended, in ms. */
const PIPE_GRACE = 500
const DEFAULT_MAX_BYTES = 10 * 1024 * 1024

/** Commands that run now. Whoever waits for one may be told to end: the command must not outlive this process. */
const running = new Set<number>()

function killRunning(): void {
  for (const pid of running) sendSignal(-pid, 'SIGKILL')
}

/**
 * Runs a short command to its end. At the time limit (ms) its whole group is killed and `timedOut` says so;
 * it is killed too when this process ends before it. What it prints on a pipe beyond `maxBytes` (10 MiB) is read
 * and dropped.
 */
export async function runProcess(command: Command, limits: Limits): Promise<CompletedProcess> {
  const { timeout, maxBytes = DEFAULT_MAX_BYTES, input } = limits
  const child = await startProcess(command, input)
  running.add(child.pid)
  if (!process.listeners('exit').includes(killRunning)) process.on('exit', killRunning)
  let timedOut = false
  const kill = () => {
    timedOut = true
    sendSignal(-child.pid, 'SIGKILL')
  }
  const limit = setTimeout(kill, timeout)
  if (limits.signal?.aborted) kill()
  limits.signal?.addEventListener('abort', kill, { once: true })
  const output = Promise.all([collect(child.stdout, maxBytes), collect(child.stderr, maxBytes)])
  const exit = await child.exited
  running.delete(child.pid)
  clearTimeout(limit)
  limits.signal?.removeEventListener('abort', kill)
  const grace = setTimeout(() => child.release(), PIPE_GRACE)
  const [stdout, stderr] = await output
  clearTimeout(grace)
  return { exit, stdout, stderr, timedOut }
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
