import { once } from 'node:events'
import { homedir, tmpdir } from 'node:os'
import type { Writable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import type {
  Archives,
  Clock,
  Http,
  Machine,
  Ports,
  Processes,
  StopSignal,
  StopSignals,
  TextSink,
  YamlReading,
} from '../ports.ts'
import { createNodeFiles } from './files.ts'
import { hideOwnVariables } from './own-environment.ts'
import { createLinuxView, createMacView, type ProcessView, windowsView } from './process-table.ts'
import { sendSignal } from './signals.ts'
import { runProcess, startProcess } from './start-process.ts'

/** This machine, read once. */
export function readMachine(): Machine {
  return {
    pid: process.pid,
    platform: process.platform,
    arch: process.arch,
    home: homedir(),
    temp: tmpdir(),
    cwd: process.cwd(),
    nodeVersion: process.versions.node,
  }
}

/** Node runs a longer delay at once, so it is taken in parts. */
const LONGEST_DELAY = 2_147_483_647

/** The machine's clock. */
export function createNodeClock(): Clock {
  return {
    now: () => Date.now(),
    elapsed: () => performance.now(),
    after,
    async sleep(milliseconds, signal) {
      try {
        await delay(milliseconds, undefined, signal === undefined ? {} : { signal })
      } catch {
        // Aborted: the caller asked for exactly that.
      }
    },
  }
}

function after(milliseconds: number, callback: () => void): () => void {
  let timer: NodeJS.Timeout
  const wait = (left: number): void => {
    const part = Math.min(Math.max(left, 0), LONGEST_DELAY)
    timer = setTimeout(() => (left > part ? wait(left - part) : callback()), part)
    timer.unref()
  }
  wait(milliseconds)
  return () => clearTimeout(timer)
}

/**
 * Writes to a stream of this process. A reader that went away (EPIPE) must not fail the step:
 * the agent's work goes on and the rest of the log is dropped.
 */
export function createTextSink(stream: Writable): TextSink {
  let closed = false
  const closing = new Promise<void>((resolve) => {
    const close = (): void => {
      closed = true
      resolve()
    }
    stream.once('close', close)
    stream.on('error', close)
  })
  return {
    write(text) {
      if (closed || stream.write(text)) return
      const drained = once(stream, 'drain').then(noop, noop)
      return Promise.race([drained, closing])
    },
  }
}

function noop(): void {}

const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const satisfies readonly StopSignal[]

/**
 * From this call on the signals that end a job no longer end this process: they are kept for whoever listens,
 * now or later, so that a signal at any moment of a step still lets it write its results.
 */
export function collectStopSignals(): StopSignals {
  const received: StopSignal[] = [...earlySignals()]
  const listeners = new Set<(signal: StopSignal) => void>()
  for (const signal of STOP_SIGNALS) {
    process.on(signal, () => {
      received.push(signal)
      for (const listener of [...listeners]) listener(signal)
    })
  }
  return {
    listen(callback) {
      const listener = (signal: StopSignal): void => callback(signal)
      for (const signal of received) listener(signal)
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

/** What came while the program was still being loaded; the few lines that start a bundle keep it under this symbol. */
function earlySignals(): readonly StopSignal[] {
  const kept: unknown = Reflect.get(globalThis, Symbol.for('oz-agent.early-signals'))
  return Array.isArray(kept) ? kept.filter((signal) => signal === 'SIGINT' || signal === 'SIGTERM') : []
}

/** How long one look at the process table may take on macOS, in ms. */
const PS_LIMIT = 5000

/** What `on-demand.ts` exports. */
export interface OnDemand {
  readonly request: Http['request']
  readonly unpack: Archives['unpack']
  readonly copy: Archives['copy']
  parseYaml(text: string): YamlReading
}

/**
 * The real side effects. From this call on SIGINT, SIGTERM and SIGHUP no longer end this process:
 * an entry file creates the ports first and ends by itself.
 * @param load loads HTTP, archives and YAML with their first use: most steps find a CLI and make no request. A program
 * that must be one file imports `@oz-agent/core/on-demand` and hands it over.
 */
export function createNodePorts(load: () => Promise<OnDemand> = () => import('../on-demand.ts')): Ports {
  return {
    clock: createNodeClock(),
    files: createNodeFiles(),
    processes: createNodeProcesses(),
    machine: readMachine(),
    stop: collectStopSignals(),
    http: { request: async (request) => (await load()).request(request) },
    archives: {
      unpack: async (archive, folder, signal) => (await load()).unpack(archive, folder, signal),
      copy: async (archive, file, signal) => (await load()).copy(archive, file, signal),
    },
    yaml: { parse: async (text) => (await load()).parseYaml(text) },
    log: createTextSink(process.stdout),
  }
}

/** Processes of the system that this runs on. */
export function createNodeProcesses(): Processes {
  return {
    start: (command) => startProcess(command),
    run: runProcess,
    signal: sendSignal,
    hideOwnVariables,
    ...viewOf(process.platform),
  }
}

function viewOf(platform: NodeJS.Platform): ProcessView {
  if (platform === 'win32') return windowsView
  if (platform === 'darwin') return createMacView(runPs)
  return createLinuxView()
}

async function runPs(args: readonly string[]): Promise<string> {
  const env = { PATH: process.env.PATH, LC_ALL: 'C' }
  const run = runProcess({ file: '/bin/ps', args, env }, { timeout: PS_LIMIT })
  // Without a table the group is all that can be reached.
  return run.then(
    ({ stdout }) => stdout,
    () => '',
  )
}
