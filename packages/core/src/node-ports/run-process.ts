import type { Command, CompletedProcess, Processes } from '../ports.ts'
import { sendSignal } from './send-signal.ts'
import { startProcess } from './start-process.ts'

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
