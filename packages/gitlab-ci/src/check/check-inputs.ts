import type { SpecifiedInputs } from './input-spec.ts'

/** The values that a template is written with, and what GitLab would say against what it was given. */
export interface InputCheck {
  readonly values: Readonly<Record<string, unknown>>
  readonly errors: readonly string[]
}

/**
 * Checks what an include hands to a template, in the words of GitLab itself, so that a search finds them.
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

type Spec = NonNullable<SpecifiedInputs[string]>

function problemsOf(spec: Spec, value: unknown, whose: 'provided' | 'default'): readonly string[] {
  const type = spec.type ?? 'string'
  if (!hasType(value, type)) return [`${whose} value is not ${type === 'array' ? 'an' : 'a'} ${type}`]
  const problems: string[] = []
  if (spec.options !== undefined && type !== 'boolean' && !allOptions(spec.options, value)) {
    problems.push(`\`${String(value)}\` cannot be used because it is not in the list of allowed options`)
  }
  if (spec.regex !== undefined && typeof value === 'string') {
    const regex = regexOf(spec.regex)
    if (regex === undefined) problems.push('invalid regular expression')
    else if (!regex.test(value)) problems.push(`${whose} value does not match required RegEx pattern`)
  }
  return problems
}

function hasType(value: unknown, type: NonNullable<Spec['type']>): boolean {
  return type === 'array' ? Array.isArray(value) : typeof value === type
}

function allOptions(options: readonly unknown[], value: unknown): boolean {
  return Array.isArray(value) ? value.every((one) => options.includes(one)) : options.includes(value)
}

function regexOf(source: string): RegExp | undefined {
  try {
    return new RegExp(source)
  } catch {
    return undefined
  }
}
