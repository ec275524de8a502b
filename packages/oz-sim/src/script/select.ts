import { appendFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Settings } from '../install/settings.ts'
import type { Environment } from '../process-host.ts'
import { SimError } from '../run/ending.ts'
import { findScenario } from '../scenarios/catalogue.ts'
import { checkScript, parseText } from './check.ts'
import type { Script } from './schema.ts'

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
  readonly env: Environment
  readonly settings: Settings
  /** What errors call the settings. */
  readonly settingsName?: string
}

/**
 * The script in force. The first of these that there is: a marker in the prompt, a marker in a file that the prompt
 * names, `OZ_SIM_SCRIPT`, `OZ_SIM_SCENARIO`, the settings beside the executable, the scenario `success`.
 */
export function selectScript({ prompt, env, settings, settingsName = 'the settings' }: Sources): Selected {
  const marked = prompt === undefined ? undefined : markerOf(prompt)
  if (marked) return { ...fromMarker(marked.marker, marked.origin), fromPrompt: true }
  if (env.OZ_SIM_SCRIPT) return fromText(env.OZ_SIM_SCRIPT, 'OZ_SIM_SCRIPT')
  if (env.OZ_SIM_SCENARIO) return scenario(env.OZ_SIM_SCENARIO, 'OZ_SIM_SCENARIO')
  const { script, checked } = settings
  if (typeof script === 'string') return fromText(script, settingsName)
  if (script) return { script: checked ? script : checkScript(script, settingsName), origin: settingsName }
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

function fromMarker(marker: Marker, origin: string): Selected {
  if (marker.kind === 'scenario') return scenario(marker.name, origin)
  return { script: checkScript(parseText(marker.text, `the marker in ${origin}`), origin), origin }
}

/** `value` is the path of a script, or a script itself when it has braces or more than one line. */
function fromText(value: string, origin: string): Selected {
  const isScript = /^\s*\{/.test(value) || value.includes('\n') || /^\w+:\s/.test(value)
  const text = isScript ? value : fileText(value)
  if (text === undefined) throw new SimError(`${origin} names '${value}', which is no readable file`)
  const name = isScript ? origin : value
  return { script: checkScript(parseText(text, name), name), origin: name }
}

function scenario(name: string, origin: string): Selected {
  return { script: findScenario(name, origin), origin: `scenario ${name} (${origin})` }
}

/** A script that a prompt carries: the name of a scenario, or the script's own text. */
type Marker =
  | { readonly kind: 'scenario'; readonly name: string }
  | { readonly kind: 'script'; readonly text: string }

const OPENING = '[oz-sim:'
const FENCE = /^[ \t]*```oz-sim[ \t]*\r?\n([\s\S]*?)^[ \t]*```/m

/**
 * The first marker in `text`: `[oz-sim: scenario-name]`, `[oz-sim: {json}]`, or a fenced block whose language is
 * `oz-sim` (YAML or JSON). `undefined` when there is none.
 */
function findMarker(text: string): Marker | undefined {
  const at = text.indexOf(OPENING)
  if (at !== -1) return inline(text.slice(at + OPENING.length).trimStart())
  const block = text.includes('```oz-sim') ? FENCE.exec(text)?.[1] : undefined
  return block === undefined ? undefined : { kind: 'script', text: block }
}

function inline(rest: string): Marker | undefined {
  if (rest.startsWith('{')) return { kind: 'script', text: rest.slice(0, closingBrace(rest) + 1) }
  const name = /^([^\]\r\n]+)\]/.exec(rest)?.[1]
  return name === undefined ? undefined : { kind: 'scenario', name: name.trim() }
}

// Braces inside JSON strings do not count. Without a closing one the whole rest is taken: its parser will object.
function closingBrace(text: string): number {
  let depth = 0
  let quoted = false
  for (let index = 0; index < text.length; index++) {
    const char = text[index]
    if (quoted && char === '\\') index++
    else if (char === '"') quoted = !quoted
    else if (!quoted && char === '{') depth++
    else if (!quoted && char === '}' && --depth === 0) return index
  }
  return text.length - 1
}

/** The absolute paths that a prompt names, quoted or bare: a prompt may be no more than a pointer to a file. */
function namedPaths(prompt: string): readonly string[] {
  const quoted = [...prompt.matchAll(/(["'`])((?:\/|[A-Za-z]:[\\/]).+?)\1/g)].map((match) => match[2] ?? '')
  const bare = [...prompt.matchAll(/(?:^|[\s(<[=])((?:\/|[A-Za-z]:[\\/])[^\s"'`<>]+)/g)].map(
    (match) => match[1] ?? '',
  )
  const trimmed = bare.map((path) => path.replace(/[.,;:!?)\]}]+$/, ''))
  return [...new Set([...quoted, ...bare, ...trimmed])].filter((path) => path.length > 1)
}

/** What later calls (`run get`, `report-shutdown`) must know of a run: its script, and how often it was asked for. */
export class RunStore {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = join(folder, 'runs')
  }

  save(id: string, script: Script): void {
    mkdirSync(this.#folder, { recursive: true })
    writeFileSync(this.#path(id, 'json'), JSON.stringify(script))
  }

  load(id: string): Script | undefined {
    try {
      return JSON.parse(readFileSync(this.#path(id, 'json'), 'utf8'))
    } catch {
      return undefined
    }
  }

  /** Counts one more look at the run; 0 at the first. A byte appended a look, so that looks at once all count. */
  look(id: string): number {
    mkdirSync(this.#folder, { recursive: true })
    const path = this.#path(id, 'looks')
    appendFileSync(path, '.')
    return statSync(path).size - 1
  }

  #path(id: string, extension: string): string {
    return join(this.#folder, `${id.replace(/[^\w.-]/g, '_')}.${extension}`)
  }
}
