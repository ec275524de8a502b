import { appendFileSync, copyFileSync, mkdtempSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Environment } from '../process-host.ts'
import { SimError } from '../run/ending.ts'
import { findScenario } from '../scenarios/catalogue.ts'
import { selectScript } from '../script/select.ts'
import { type Settings, writeExecutable } from './settings.ts'

export interface Place {
  /** The file of this program, to be copied. */
  readonly program: string
  /** The Node that the installed `oz` runs on: the runner's own, so that none need be on PATH. */
  readonly node: string
  readonly platform: NodeJS.Platform
}

export interface SetUp {
  readonly path: string
  readonly record: string
}

/** Acts as the action `setup-oz-sim`: sets up, prints what it did or an error annotation, returns the exit status. */
export function setUpAction(env: Environment, place: Place, print: (line: string) => void): number {
  try {
    const { path, record } = setUp(env, place)
    print(`The stand-in for the Oz CLI is ${path}; its calls are recorded in ${record}`)
    return 0
  } catch (error) {
    if (!(error instanceof SimError)) throw error
    print(errorCommand(error.message))
    return 1
  }
}

/**
 * Installs the stand-in for the rest of the job: a folder under RUNNER_TEMP, first on PATH, with the behaviour that the
 * inputs `scenario`, `script` and `record` ask for beside it.
 *
 * @throws SimError for wrong inputs, and where the runner's folders and files are not there.
 */
export function setUp(env: Environment, { program, node, platform }: Place): SetUp {
  if (platform === 'win32')
    throw new SimError('the stand-in for the Oz CLI runs on Linux and macOS, not on Windows')
  const settings = behaviour(env)
  const dir = mkdtempSync(join(needed(env, 'RUNNER_TEMP'), 'oz-sim-'))
  const workspace = env.GITHUB_WORKSPACE ?? '.'
  const record = env.INPUT_RECORD ? resolve(workspace, env.INPUT_RECORD) : join(dir, 'calls')
  // `.mjs`: a module, whatever package.json is around.
  const copy = join(dir, 'oz-sim.mjs')
  copyFileSync(program, copy)
  const path = writeExecutable({ dir, name: 'oz', node, program: copy, settings: { ...settings, record } })
  appendFileSync(needed(env, 'GITHUB_PATH'), `${dir}\n`)
  appendFileSync(needed(env, 'GITHUB_OUTPUT'), outputBlock('path', path) + outputBlock('record', record))
  return { path, record }
}

function behaviour(env: Environment): Settings {
  const { INPUT_SCENARIO: scenario, INPUT_SCRIPT: script } = env
  if (scenario && script)
    throw new SimError("the inputs 'scenario' and 'script' exclude each other: give one of them")
  if (scenario) {
    findScenario(scenario, "the input 'scenario'")
    return { scenario }
  }
  if (!script) return {}
  const isPath = !/[\n{:]/.test(script)
  const given = isPath ? resolve(env.GITHUB_WORKSPACE ?? '.', script) : script
  const selected = selectScript({
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

/**
 * One output as the file GITHUB_OUTPUT takes it; the delimiter is random, so that no value can end its block.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#multiline-strings
 */
function outputBlock(name: string, value: string): string {
  const delimiter = `end-${crypto.randomUUID()}`
  return `${name}<<${delimiter}\n${value}\n${delimiter}\n`
}

/** An error annotation; line ends and per cent signs are escaped as the runner wants them. */
function errorCommand(message: string): string {
  const escaped = message.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
  return `::error title=setup-oz-sim::${escaped}`
}
