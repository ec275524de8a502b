import { INPUT_IDS, INPUTS, type InputId, type InputSpec, spell } from '@oz-agent/core'
import { kebabText } from './kebab-text.ts'
import type { OwnOption } from './own-option.ts'
import { OWN_OPTIONS } from './own-options.ts'

/** One option of the plugin as manifests and tables show it. */
export interface ShownOption {
  readonly name: string
  readonly description: string
  readonly default: string | boolean | number | undefined
  readonly defaultNote: string | undefined
  /** What JSON Schema says of its value, without the description. */
  readonly schema: Readonly<Record<string, unknown>>
}

/** Whatever stands in a pipeline's YAML can be read by everyone who sees the build: names instead of values. */
const NAMES_NOT_VALUES: Partial<Record<InputId, string>> = {
  warpApiKey:
    'The *name* of the environment variable or of the Buildkite secret that holds the Warp API key; never the key.',
  mask: 'The *names* of environment variables whose values must not be shown anywhere.',
}

const NAME_OF_VARIABLE = '^[A-Za-z_][A-Za-z0-9_]*$'

const SHAPES: Record<InputSpec['kind'], Readonly<Record<string, unknown>>> = {
  // YAML reads an id such as 123 as a number.
  text: { type: ['string', 'number'] },
  path: { type: 'string' },
  choice: { type: 'string' },
  boolean: { type: 'boolean' },
  // A bare number is minutes.
  duration: { type: ['string', 'number'] },
  number: { type: 'integer' },
  // Text holds one entry a line.
  list: { type: ['array', 'string'], items: { type: 'string' } },
}

/** Every option, the plugin's own first. */
export function allOptions(): readonly ShownOption[] {
  const ownOptions = Object.entries(OWN_OPTIONS).map(([name, option]) => showOwn(name, option))
  return [...ownOptions, ...INPUT_IDS.filter(isShown).map(showInput)]
}

function isShown(id: InputId): boolean {
  const { platforms }: InputSpec = INPUTS[id]
  return platforms?.includes('buildkite') ?? true
}

function showOwn(name: string, option: OwnOption): ShownOption {
  const { type, choices, minimum, maximum, maxLength } = option
  return {
    name,
    description: option.description,
    default: option.default,
    defaultNote: option.defaultNote,
    schema: {
      type,
      ...(choices && { enum: [...choices] }),
      ...(minimum !== undefined && { minimum }),
      ...(maximum !== undefined && { maximum }),
      ...(maxLength !== undefined && { maxLength }),
    },
  }
}

function showInput(id: InputId): ShownOption {
  const spec: InputSpec = INPUTS[id]
  return {
    name: spell(id, 'kebab'),
    description: NAMES_NOT_VALUES[id] ?? kebabText(spec.description),
    default: spec.kind === 'boolean' && spec.default !== undefined ? spec.default === 'true' : spec.default,
    defaultNote: id === 'warpApiKey' ? '`WARP_API_KEY`' : spec.defaultNote,
    schema: { ...shapeOf(id, spec), ...(spec.choices && { enum: [...spec.choices] }) },
  }
}

function shapeOf(id: InputId, spec: InputSpec): Readonly<Record<string, unknown>> {
  if (id === 'warpApiKey') return { type: 'string', pattern: NAME_OF_VARIABLE }
  if (id === 'mask')
    return { type: ['array', 'string'], items: { type: 'string', pattern: NAME_OF_VARIABLE } }
  if (id === 'mcp') return { type: ['array', 'string', 'object'], items: { type: ['string', 'object'] } }
  return SHAPES[spec.kind]
}
