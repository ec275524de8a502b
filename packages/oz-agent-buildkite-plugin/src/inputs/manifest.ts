import { INPUT_IDS, INPUTS, type InputId, type InputSpec, spell } from '@oz-agent/core'
import * as z from 'zod'
import { SHOWN_INPUTS } from './configuration.ts'
import { OWN_NAMES, type OwnName, OwnOptions } from './own-options.ts'
import { VARIABLE_NAME } from './secrets.ts'

/**
 * The content of `plugin.yml`. The Buildkite agent checks options against it only where that is switched on; the
 * hooks always check them. https://buildkite.com/docs/pipelines/integrations/plugins/writing
 */
export function pluginDefinition(): object {
  return {
    name: 'Oz agent',
    description: "Runs Warp's Oz agent as a step, or when a step's own command fails",
    author: 'The oz-agent-action authors',
    requirements: ['bash', 'node', 'git'],
    configuration: {
      properties: Object.fromEntries(allOptions().map((option) => [option.name, property(option)])),
      additionalProperties: false,
    },
  }
}

function property({ schema, description, default: preset }: ShownOption): object {
  return { ...schema, description, ...(preset !== undefined && { default: preset }) }
}

/** The options as a Markdown table, for the README. */
export function optionsTable(): string {
  const rows = allOptions().map((option) => [`\`${option.name}\``, option.description, defaultCell(option)])
  const head = ['| Option | Meaning | Default |', '| --- | --- | --- |']
  return [...head, ...rows.map((cells) => `| ${cells.map(escapeCell).join(' | ')} |`)].join('\n')
}

function defaultCell({ default: preset, defaultNote }: ShownOption): string {
  return preset === undefined ? (defaultNote ?? '–') : `\`${preset}\``
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}

/** One option of the plugin as manifests and tables show it. */
interface ShownOption {
  readonly name: string
  readonly description: string
  readonly default: string | boolean | number | undefined
  readonly defaultNote: string | undefined
  /** The JSON Schema of its value, without description and default. */
  readonly schema: Readonly<Record<string, unknown>>
}

/**
 * Descriptions that differ from the contract's. Everyone who sees the build can read its YAML, so some options take
 * names of secrets instead of their values.
 */
const OWN_DESCRIPTIONS: Partial<Record<InputId, string>> = {
  timeout:
    "Deadline of installing and running the agent: `30m`, `90s`; a bare number is minutes, `0` is none. With `mode: on-failure` it starts when the agent is called; the step's own command is bound by the job's limit alone.",
  warpApiKey:
    'The *name* of the environment variable or of the Buildkite secret that holds the Warp API key; never the key.',
  mask: 'The *names* of environment variables whose values must not be shown anywhere.',
}

const SHAPES: Record<InputSpec['kind'], Readonly<Record<string, unknown>>> = {
  // YAML reads an id such as 123 as a number.
  text: { type: ['string', 'number'] },
  path: { type: 'string' },
  choice: { type: 'string' },
  boolean: { type: 'boolean' },
  number: { type: 'integer' },
  // A bare number is minutes.
  duration: { type: ['string', 'number'] },
  // Text holds one entry a line.
  list: { type: ['array', 'string'], items: { type: 'string' } },
}

/** Every option, the plugin's own first. */
function allOptions(): readonly ShownOption[] {
  return [...OWN_NAMES.map(showOwn), ...SHOWN_INPUTS.map(showInput)]
}

function showOwn(name: OwnName): ShownOption {
  const {
    $schema,
    description,
    default: preset,
    defaultNote,
    ...schema
  } = OwnManifest.parse(z.toJSONSchema(OwnOptions.shape[name]))
  return { name, description, default: preset, defaultNote, schema }
}

/** The JSON Schema of an own option, and where its description and default stand. */
const OwnManifest = z.looseObject({
  $schema: z.string(),
  description: z.string(),
  default: z.union([z.string(), z.boolean(), z.number()]).optional(),
  defaultNote: z.string().optional(),
})

function showInput(id: InputId): ShownOption {
  const spec: InputSpec = INPUTS[id]
  return {
    name: spell(id, 'kebab'),
    description: OWN_DESCRIPTIONS[id] ?? kebabText(spec.description),
    default: spec.kind === 'boolean' && spec.default !== undefined ? spec.default === 'true' : spec.default,
    defaultNote: id === 'warpApiKey' ? '`WARP_API_KEY`' : spec.defaultNote,
    schema: { ...shapeOf(id, spec), ...(spec.choices && { enum: [...spec.choices] }) },
  }
}

function shapeOf(id: InputId, spec: InputSpec): Readonly<Record<string, unknown>> {
  if (id === 'warpApiKey') return { type: 'string', pattern: VARIABLE_NAME.source }
  if (id === 'mask')
    return { type: ['array', 'string'], items: { type: 'string', pattern: VARIABLE_NAME.source } }
  if (id === 'mcp') return { type: ['array', 'string', 'object'], items: { type: ['string', 'object'] } }
  return SHAPES[spec.kind]
}

const NAMES = new Map(INPUT_IDS.map((id) => [`\`${spell(id, 'snake')}\``, `\`${spell(id, 'kebab')}\``]))

/** The contract's descriptions name inputs in snake_case; this spells them as in this plugin's YAML. */
function kebabText(description: string): string {
  return description.replace(/`[a-z_]+`/g, (name) => NAMES.get(name) ?? name)
}
