import { readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { SimError } from '../sim-error.ts'
import type { Script } from './schema.ts'

export const SETTINGS_FILE = '.oz-sim.json'

/** What an installed copy carries with it, so that it needs nothing of the environment. */
export interface Settings {
  readonly scenario?: string
  /** A script, or the path of one. */
  readonly script?: Script | string
  readonly record?: string
  /** Whoever wrote the settings has checked the script already. */
  readonly checked?: boolean
}

/** The settings beside the executable, or beside the file that it is a link to; none when there are none. */
export function readSettings(executable: string): Settings {
  for (const path of candidates(executable)) {
    const text = contentOf(path)
    if (text === undefined) continue
    try {
      return JSON.parse(text)
    } catch (error) {
      throw new SimError(`${path} is not valid JSON: ${error instanceof Error ? error.message : error}`)
    }
  }
  return {}
}

function candidates(executable: string): readonly string[] {
  const beside = join(dirname(executable), SETTINGS_FILE)
  try {
    return [beside, join(dirname(realpathSync(executable)), SETTINGS_FILE)]
  } catch {
    return [beside]
  }
}

function contentOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
