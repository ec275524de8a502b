import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { thisNode } from '../process-host.ts'
import { checkScript } from '../script/check.ts'
import type { Script } from '../script/schema.ts'
import { SETTINGS_FILE, type Settings } from '../script/settings.ts'
import { wrapper } from './wrapper.ts'

export interface OzPlan {
  /** Folder to put the executable in; created where it is missing. */
  readonly dir: string
  /** How the stand-in behaves: a script, or the name of a scenario. `success` by default. */
  readonly script?: Script | string
  /** Folder to record calls in; `<dir>/calls` by default. */
  readonly record?: string
  readonly channel?: 'stable' | 'preview' | 'dev'
  /** What `--version` prints. */
  readonly version?: string
  /** The Node to run on; this process's own by default. */
  readonly nodePath?: string
  /** Run the TypeScript source (default) or the bundle that the setup action ships. */
  readonly from?: 'source' | 'dist'
}

export interface OzInstall {
  /** The executable. */
  readonly path: string
  /** Its folder, for PATH. */
  readonly dir: string
  /** The folder that `readCalls` reads. */
  readonly record: string
}

/**
 * Puts an executable `oz` (or `oz-preview`, `oz-dev`) into a folder, with a settings file beside it, so that it needs
 * nothing of the environment.
 *
 * @throws SimError when the script is not valid.
 */
export async function createOz(plan: OzPlan): Promise<OzInstall> {
  const { dir, channel = 'stable', record = join(dir, 'calls'), version } = plan
  const given = await scriptOf(plan.script)
  mkdirSync(dir, { recursive: true })
  const path = join(dir, channel === 'stable' ? 'oz' : `oz-${channel}`)
  const program = fileURLToPath(
    new URL(
      plan.from === 'dist' ? '../../../../actions/setup-oz-sim/dist/oz-sim/index.js' : '../../boot.mjs',
      import.meta.url,
    ),
  )
  const script = version === undefined ? given : { ...given, version: { ...given.version, text: version } }
  const settings: Settings = { record, script, checked: true }
  writeFileSync(join(dir, SETTINGS_FILE), `${JSON.stringify(settings, null, 2)}\n`)
  writeFileSync(path, wrapper({ node: plan.nodePath ?? thisNode, program }))
  chmodSync(path, 0o755)
  return { path, dir, record }
}

async function scriptOf(script: Script | string | undefined): Promise<Script> {
  if (typeof script === 'object') return checkScript(script, 'createOz')
  const { findScenario } = await import('../scenarios/catalogue.ts')
  return findScenario(script ?? 'success', 'createOz')
}
