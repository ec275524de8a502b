import { readFileSync, statSync } from 'node:fs'
import { SimError } from '../sim-error.ts'
import { findMarker, type Marker, namedPaths } from './markers.ts'
import { parseText } from './parse-text.ts'
import type { Script } from './schema.ts'
import type { Settings } from './settings.ts'

const LARGEST_PROMPT_FILE = 64 << 20

export interface Selected {
  readonly script: Script
  /** Where it came from, for records and errors. */
  readonly origin: string
  /** The prompt carried it: later calls about the run cannot know it by themselves. */
  readonly fromPrompt?: true
}

export interface Sources {
  readonly prompt: string | undefined
  readonly env: Readonly<Record<string, string | undefined>>
  readonly settings: Settings
  /** What errors call the settings. */
  readonly settingsName?: string
}

/**
 * The script in force. The first of these that there is: a marker in the prompt, a marker in a file that the prompt
 * names, `OZ_SIM_SCRIPT`, `OZ_SIM_SCENARIO`, the settings beside the executable, the scenario `success`.
 */
export async function selectScript({
  prompt,
  env,
  settings,
  settingsName = 'the settings',
}: Sources): Promise<Selected> {
  const marked = prompt === undefined ? undefined : markerOf(prompt)
  if (marked) return { ...(await fromMarker(marked.marker, marked.origin)), fromPrompt: true }
  if (env.OZ_SIM_SCRIPT) return fromText(env.OZ_SIM_SCRIPT, 'OZ_SIM_SCRIPT')
  if (env.OZ_SIM_SCENARIO) return scenario(env.OZ_SIM_SCENARIO, 'OZ_SIM_SCENARIO')
  const { script, checked } = settings
  if (typeof script === 'string') return fromText(script, settingsName)
  if (script) return { script: checked ? script : await check(script, settingsName), origin: settingsName }
  return scenario(settings.scenario ?? 'success', settings.scenario ? settingsName : 'default')
}

function markerOf(prompt: string): { marker: Marker; origin: string } | undefined {
  const own = findMarker(prompt)
  if (own) return { marker: own, origin: 'the prompt' }
  for (const path of namedPaths(prompt)) {
    const marker = findMarker(fileText(path) ?? '')
    if (marker) return { marker, origin: path }
  }
  return undefined
}

function fileText(path: string): string | undefined {
  try {
    const stat = statSync(path)
    return stat.isFile() && stat.size <= LARGEST_PROMPT_FILE ? readFileSync(path, 'utf8') : undefined
  } catch {
    return undefined
  }
}

async function fromMarker(marker: Marker, origin: string): Promise<Selected> {
  if (marker.kind === 'scenario') return scenario(marker.name, origin)
  return { script: await check(await parseText(marker.text, `the marker in ${origin}`), origin), origin }
}

/** `value` is the path of a script, or a script itself when it has braces or more than one line. */
async function fromText(value: string, origin: string): Promise<Selected> {
  const isScript = /^\s*\{/.test(value) || value.includes('\n') || /^\w+:\s/.test(value)
  const text = isScript ? value : fileText(value)
  if (text === undefined) throw new SimError(`${origin} names '${value}', which is no readable file`)
  const name = isScript ? origin : value
  return { script: await check(await parseText(text, name), name), origin: name }
}

async function check(value: unknown, origin: string): Promise<Script> {
  return (await import('./check.ts')).checkScript(value, origin)
}

async function scenario(name: string, origin: string): Promise<Selected> {
  const { findScenario } = await import('../scenarios/catalogue.ts')
  return { script: await findScenario(name, origin), origin: `scenario ${name} (${origin})` }
}
