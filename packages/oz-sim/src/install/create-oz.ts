import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { thisNode } from '../process-host.ts'
import { findScenario } from '../scenarios/catalogue.ts'
import { checkScript } from '../script/check.ts'
import type { Script } from '../script/schema.ts'
import { writeExecutable } from './settings.ts'

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
  /** Run the bundle that the setup action ships (default), or the TypeScript source, which takes twice as long to start. */
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

const PROGRAMS = { source: '../../boot.mjs', dist: '../../../../actions/setup-oz-sim/dist/index.js' }

/**
 * Puts an executable `oz` (or `oz-preview`, `oz-dev`) into a folder, with a settings file beside it, so that it needs
 * nothing of the environment.
 *
 * @throws SimError when the script is not valid.
 */
export async function createOz(plan: OzPlan): Promise<OzInstall> {
  const { dir, channel = 'stable', record = join(dir, 'calls'), version } = plan
  const given =
    typeof plan.script === 'object'
      ? checkScript(plan.script, 'createOz')
      : findScenario(plan.script ?? 'success', 'createOz')
  const script = version === undefined ? given : { ...given, version: { ...given.version, text: version } }
  const path = writeExecutable({
    dir,
    name: channel === 'stable' ? 'oz' : `oz-${channel}`,
    node: plan.nodePath ?? thisNode,
    program: fileURLToPath(new URL(PROGRAMS[plan.from ?? 'dist'], import.meta.url)),
    settings: { record, script, checked: true },
  })
  return { path, dir, record }
}
