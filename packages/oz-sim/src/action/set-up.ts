import { appendFileSync, chmodSync, cpSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { wrapper } from '../install/wrapper.ts'
import { findScenario } from '../scenarios/catalogue.ts'
import { selectScript } from '../script/select.ts'
import { SETTINGS_FILE, type Settings } from '../script/settings.ts'
import { SimError } from '../sim-error.ts'
import { outputBlock } from './output-block.ts'

type Environment = Readonly<Record<string, string | undefined>>

export interface Place {
  /** The folder of the bundled stand-in, to be copied. */
  readonly bundle: string
  /** The Node that the installed `oz` runs on: the runner's own, so that none need be on PATH. */
  readonly node: string
  readonly platform: NodeJS.Platform
}

export interface SetUp {
  readonly path: string
  readonly record: string
}

/**
 * Installs the stand-in for the rest of the job: a folder under RUNNER_TEMP, first on PATH, with the behaviour that the
 * inputs `scenario`, `script` and `record` ask for beside it.
 *
 * @throws SimError for wrong inputs, and where the runner's folders and files are not there.
 */
export async function setUp(env: Environment, { bundle, node, platform }: Place): Promise<SetUp> {
  if (platform === 'win32')
    throw new SimError('the stand-in for the Oz CLI runs on Linux and macOS, not on Windows')
  const settings = await behaviour(env)
  const dir = mkdtempSync(join(needed(env, 'RUNNER_TEMP'), 'oz-sim-'))
  const workspace = env.GITHUB_WORKSPACE ?? '.'
  const record = env.INPUT_RECORD ? resolve(workspace, env.INPUT_RECORD) : join(dir, 'calls')
  cpSync(bundle, join(dir, 'program'), { recursive: true })
  writeFileSync(join(dir, 'program', 'package.json'), '{"type":"module"}\n')
  writeFileSync(join(dir, SETTINGS_FILE), `${JSON.stringify({ ...settings, record }, null, 2)}\n`)
  const path = join(dir, 'oz')
  writeFileSync(path, wrapper({ node, program: join(dir, 'program', 'index.js') }))
  chmodSync(path, 0o755)
  appendFileSync(needed(env, 'GITHUB_PATH'), `${dir}\n`)
  appendFileSync(needed(env, 'GITHUB_OUTPUT'), outputBlock('path', path) + outputBlock('record', record))
  return { path, record }
}

async function behaviour(env: Environment): Promise<Settings> {
  const { INPUT_SCENARIO: scenario, INPUT_SCRIPT: script } = env
  if (scenario && script)
    throw new SimError("the inputs 'scenario' and 'script' exclude each other: give one of them")
  if (scenario) {
    await findScenario(scenario, "the input 'scenario'")
    return { scenario }
  }
  if (!script) return {}
  const isPath = !/[\n{:]/.test(script)
  const given = isPath ? resolve(env.GITHUB_WORKSPACE ?? '.', script) : script
  const selected = await selectScript({
    prompt: undefined,
    env: {},
    settings: { script: given },
    settingsName: "the input 'script'",
  })
  return { script: selected.script, checked: true }
}

function needed(env: Environment, name: string): string {
  const value = env[name]
  if (!value) throw new SimError(`${name} is not set: this action runs as a step of a GitHub Actions job`)
  return value
}
