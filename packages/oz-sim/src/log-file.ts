import { appendFileSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** `oz` is the stable channel; `oz-preview` and `oz-dev` carry theirs in the name. */
export type Channel = 'stable' | 'preview' | 'dev'

export function channelOf(name: string): Channel {
  const suffix = /^oz-(preview|dev)(\.\w+)?$/.exec(name)?.[1]
  return suffix === 'preview' || suffix === 'dev' ? suffix : 'stable'
}

type Environment = Readonly<Record<string, string | undefined>>

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
