import { RE2JS } from 're2js'
import * as z from 'zod'

/** One entry of `spec: inputs`: https://docs.gitlab.com/ci/yaml/#specinputs */
const inputSpec = z
  .strictObject({
    default: z.unknown().optional(),
    description: z.string().optional(),
    options: z.array(z.unknown()).max(50).optional(),
    regex: z.string().optional(),
    type: z.enum(['string', 'number', 'boolean', 'array']).optional(),
    rules: z.array(z.unknown()).optional(),
  })
  .nullable()

export const specHeader = z.looseObject({
  spec: z.looseObject({ inputs: z.record(z.string(), inputSpec).optional() }),
})

type SpecifiedInputs = Readonly<Record<string, z.infer<typeof inputSpec>>>

/** The values of a template's inputs, and the errors that GitLab would report. */
interface InputCheck {
  readonly values: Readonly<Record<string, unknown>>
  readonly errors: readonly string[]
}

/**
 * Checks the inputs that an include gives to a template. The messages are GitLab's own, so that a search finds them.
 * Source: `lib/ci/inputs` and `lib/gitlab/ci/config/interpolation` of GitLab.
 */
export function checkInputs(spec: SpecifiedInputs, given: Readonly<Record<string, unknown>>): InputCheck {
  const errors: string[] = []
  const unknown = Object.keys(given).filter((name) => !(name in spec))
  if (unknown.length > 0) errors.push(`unknown input arguments: ${unknown.join(', ')}`)
  const values: Record<string, unknown> = {}
  for (const [name, one] of Object.entries(spec)) {
    const isGiven = given[name] !== undefined && given[name] !== null
    const hasDefault = one !== null && 'default' in one
    if (!isGiven && !hasDefault) {
      errors.push(`\`${name}\` input: required value has not been provided`)
      continue
    }
    const value = isGiven ? given[name] : one?.default
    values[name] = value
    const whose = isGiven ? 'provided' : 'default'
    for (const message of problemsOf(one ?? {}, value, whose)) errors.push(`\`${name}\` input: ${message}`)
  }
  return { values, errors }
}

/** https://docs.gitlab.com/ci/inputs/#input-types */
const LARGEST_TEXT = 1024

type Spec = NonNullable<SpecifiedInputs[string]>

function problemsOf(spec: Spec, value: unknown, whose: 'provided' | 'default'): readonly string[] {
  const type = spec.type ?? 'string'
  if (!hasType(value, type)) return [`${whose} value is not ${type === 'array' ? 'an' : 'a'} ${type}`]
  const problems: string[] = []
  const size = typeof value === 'string' ? Buffer.byteLength(value) : 0
  if (size >= LARGEST_TEXT) {
    problems.push(
      `${whose} value has ${size} bytes, and GitLab takes less than 1 KB: put a long prompt in prompt_file`,
    )
  }
  if (spec.options !== undefined && type !== 'boolean' && !allOptions(spec.options, value)) {
    problems.push(`\`${String(value)}\` cannot be used because it is not in the list of allowed options`)
  }
  if (spec.regex !== undefined && typeof value === 'string') {
    const regex = regexOf(spec.regex)
    if (regex === undefined) problems.push('invalid regular expression')
    else if (!regex.matcher(value).find())
      problems.push(`${whose} value does not match required RegEx pattern`)
  }
  return problems
}

function hasType(value: unknown, type: NonNullable<Spec['type']>): boolean {
  return type === 'array' ? Array.isArray(value) : typeof value === type
}

function allOptions(options: readonly unknown[], value: unknown): boolean {
  return Array.isArray(value) ? value.every((one) => options.includes(one)) : options.includes(value)
}

/** Matches as GitLab does, which uses RE2: in linear time, and without look-around and back-references. */
function regexOf(source: string): RE2JS | undefined {
  try {
    return RE2JS.compile(source)
  } catch {
    return undefined
  }
}

const BLOCK = /\$\[\[\s*(\S.*?)\s*\]\]/g
/** https://docs.gitlab.com/ci/inputs/#specify-functions-to-manipulate-input-values */
const FUNCTIONS = /^(expand_vars|posix_escape|truncate\(\s*\d+\s*,\s*\d+\s*\))$/
const WHOLE = /^\$\[\[\s*(\S.*?)\s*\]\]$/

/** A configuration with the values of its inputs, and the errors that GitLab would report. */
interface Interpolation {
  readonly result: unknown
  readonly errors: readonly string[]
}

/**
 * Puts inputs into a configuration as GitLab does. A value that is only a block keeps its type;
 * a block within text becomes text. https://docs.gitlab.com/ci/inputs/
 */
export function interpolate(config: unknown, inputs: Readonly<Record<string, unknown>>): Interpolation {
  const errors = new Set<string>()
  const lookUp = (block: string): unknown => {
    const [access = '', ...functions] = block.split('|').map((part) => part.trim())
    const name = /^inputs\.([\w-]+)$/.exec(access)?.[1]
    if (name === undefined || !(name in inputs)) {
      errors.add(`unknown interpolation key: \`${access.replace(/^inputs\./, '')}\``)
      return ''
    }
    for (const call of functions) {
      if (!FUNCTIONS.test(call)) {
        errors.add(
          `no function matching \`${call}\`: check that the function name, arguments, and types are correct`,
        )
      }
    }
    if (functions.length > 3) errors.add('too many functions in interpolation block.')
    return inputs[name]
  }
  const text = (value: string) => value.replace(BLOCK, (_, block: string) => asText(lookUp(block)))
  const visit = (node: unknown): unknown => {
    if (typeof node === 'string') {
      const whole = WHOLE.exec(node)?.[1]
      return whole === undefined || whole.includes(']]') ? text(node) : lookUp(whole)
    }
    if (Array.isArray(node)) return node.map(visit)
    if (typeof node === 'object' && node !== null) {
      return Object.fromEntries(Object.entries(node).map(([key, value]) => [text(key), visit(value)]))
    }
    return node
  }
  return { result: visit(config), errors: [...errors] }
}

function asText(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
