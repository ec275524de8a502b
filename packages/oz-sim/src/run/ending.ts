import { appendFileSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Environment, Host } from '../process-host.ts'

/** How a run ends, other than by coming to the end of its steps. */
export type Ending =
  | { readonly kind: 'exit'; readonly code: number }
  | { readonly kind: 'signal'; readonly signal: NodeJS.Signals }
  | {
      readonly kind: 'fatal'
      readonly message: string
      readonly causes: readonly string[]
      readonly code: number
    }

/** Thrown by a step to end the run there. */
export class RunEnded extends Error {
  readonly ending: Ending
  constructor(ending: Ending) {
    super('the run ended')
    this.ending = ending
  }
}

/** A fatal error, as the real CLI reports one: `Error: ` and a message, causes, pointer to the log file, exit 1. */
export const fatal = (message: string, causes: readonly string[] = [], code = 1): RunEnded =>
  new RunEnded({ kind: 'fatal', message, causes, code })

/** The stand-in was set up wrongly (script, settings, install): printed as `oz-sim: …`, exit 1. */
export class SimError extends Error {
  override readonly name = 'SimError'
}

/** Makes the ending true: the exit status, or death by a signal. */
export async function perform(ending: Ending, host: Host, logFile: string | undefined): Promise<number> {
  if (ending.kind === 'signal') return host.raise(ending.signal)
  if (ending.kind === 'fatal') {
    const causes = ending.causes.map((cause) => `=> ${cause}\n`).join('')
    const pointer = logFile === undefined ? '' : `\nFor more information, check Warp logs at ${logFile}\n`
    await host.stderr.write(`Error: ${ending.message}\n${causes}${pointer}`)
  }
  return ending.code
}

/** `oz` is the stable channel; `oz-preview` and `oz-dev` carry theirs in the name. */
export type Channel = 'stable' | 'preview' | 'dev'

export function channelOf(name: string): Channel {
  const suffix = /^oz-(preview|dev)(\.\w+)?$/.exec(name)?.[1]
  return suffix === 'preview' || suffix === 'dev' ? suffix : 'stable'
}

/** Where the real CLI logs; `undefined` when the environment names no home folder. */
export function logFile(platform: NodeJS.Platform, env: Environment, channel: Channel): string | undefined {
  const file = channel === 'stable' ? 'warp.log' : `warp_${channel}.log`
  const folder = channel === 'stable' ? 'warp-terminal' : `warp-terminal-${channel}`
  const home = env.HOME
  if (platform === 'darwin') return home && join(home, 'Library', 'Logs', 'oz', file)
  if (platform === 'win32')
    return env.LOCALAPPDATA && join(env.LOCALAPPDATA, 'warp', folder, 'logs', 'oz', file)
  const state = env.XDG_STATE_HOME || (home && join(home, '.local', 'state'))
  return state && join(state, folder, 'oz', file)
}

/** Adds a line to the log file; a log that cannot be written stops nothing. */
export function log(file: string | undefined, now: number, text: string): void {
  if (file === undefined) return
  try {
    mkdirSync(dirname(file), { recursive: true })
    appendFileSync(file, `${new Date(now).toISOString()} ${text}\n`)
  } catch {
    // As the real CLI: no log, no harm.
  }
}
