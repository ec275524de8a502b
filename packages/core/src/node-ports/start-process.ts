import { type ChildProcess, spawn } from 'node:child_process'
import { statSync } from 'node:fs'
import type { Command, ExitStatus, RunningProcess } from '../ports.ts'
import { StartError } from '../start-error.ts'
import { createByteSource } from './byte-source.ts'

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
