import type { Host, Sink } from './host.ts'

/** This process as a host. `argv` is `[node, script, executable, ...args]`, as the installed wrapper calls it. */
export function processHost(): Host {
  const [, , executable = 'oz', ...args] = process.argv
  return {
    executable,
    args,
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
