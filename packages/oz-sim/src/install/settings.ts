import { chmodSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { SimError } from '../run/ending.ts'
import type { Script } from '../script/schema.ts'

const SETTINGS_FILE = '.oz-sim.json'

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

export interface Executable {
  readonly dir: string
  /** `oz`, `oz-preview` or `oz-dev`. */
  readonly name: string
  /** The Node that it runs on. */
  readonly node: string
  /** The file that it starts. */
  readonly program: string
  readonly settings: Settings
}

/** Writes the executable and its settings into a folder, which is created where it is missing; returns its path. */
export function writeExecutable({ dir, name, node, program, settings }: Executable): string {
  mkdirSync(dir, { recursive: true })
  writeFileSync(join(dir, SETTINGS_FILE), `${JSON.stringify(settings, null, 2)}\n`)
  const path = join(dir, name)
  // `$0` tells the program its name (channel) and its folder (settings).
  writeFileSync(path, `#!/bin/sh\nexec ${quoted(node)} ${quoted(program)} "$0" "$@"\n`)
  chmodSync(path, 0o755)
  return path
}

const quoted = (path: string): string => `'${path.replaceAll("'", "'\\''")}'`
