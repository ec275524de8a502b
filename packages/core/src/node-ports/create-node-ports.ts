import type { Ports, Processes } from '../ports.ts'
import { createNodeClock } from './clock.ts'
import { createNodeFiles } from './files.ts'
import { createNodeArchives } from './lazy-archives.ts'
import { createNodeHttp } from './lazy-http.ts'
import { createLinuxView } from './linux-processes.ts'
import { createMacView } from './mac-processes.ts'
import { readMachine } from './machine.ts'
import type { ProcessView } from './process-view.ts'
import { runProcess } from './run-process.ts'
import { sendSignal } from './send-signal.ts'
import { startProcess } from './start-process.ts'
import { collectStopSignals } from './stop-signals.ts'
import { createTextSink } from './text-sink.ts'
import { windowsView } from './windows-processes.ts'

/** How long one look at the process table may take on macOS, in ms. */
const PS_LIMIT = 5000

/**
 * The real side effects. From this call on SIGINT, SIGTERM and SIGHUP no longer end this process:
 * an entry file creates the ports first and ends by itself.
 */
export function createNodePorts(): Ports {
  return {
    clock: createNodeClock(),
    files: createNodeFiles(),
    processes: createNodeProcesses(),
    machine: readMachine(),
    stop: collectStopSignals(),
    http: createNodeHttp(),
    archives: createNodeArchives(),
    log: createTextSink(process.stdout),
  }
}

/** Processes of the system that this runs on. */
export function createNodeProcesses(): Processes {
  return {
    start: (command) => startProcess(command),
    run: runProcess,
    signal: sendSignal,
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
