import {
  didYouMean,
  type Environment,
  type InputId,
  type InputProblem,
  type RawInputs,
  spell,
} from '@oz-agent/core'
import { MINIMUM_ROLES, type MinimumRole, PREFIX_FORM } from '../generator/own-inputs.ts'

const PREFIX = 'OZ_INPUT_'
const FLAGS = 'OZ_INPUT_FLAGS'
const OUTPUT_PREFIX = new RegExp(PREFIX_FORM)

/** The inputs that only GitLab has. */
export interface OwnInputs {
  readonly outputPrefix: string
  readonly note: boolean
  /** The word that calls the agent in a comment; undefined where comments are not answered. */
  readonly mention: string | undefined
  readonly minimumRole: MinimumRole
}

export const OWN_INPUT_NAMES = ['output_prefix', 'note', 'mention', 'minimum_role'] as const

const SECRETS: Partial<Record<InputId, string>> = { mask: 'OZ_MASK', warpApiKey: 'WARP_API_KEY' }

/** Secrets never are inputs here, so messages name the variables that hold them. */
export function nameOfInput(id: InputId): string {
  return SECRETS[id] ?? spell(id, 'snake')
}

/**
 * The inputs as the template hands them over: text in `OZ_INPUT_<NAME>`, truth values together in `OZ_INPUT_FLAGS`;
 * a variable of its own wins, so that a pipeline's variables can replace an input.
 */
export function readInputVariables(env: Environment): Record<string, string> {
  const inputs: Record<string, string> = {}
  for (const flag of (env[FLAGS] ?? '').split(/\s+/)) {
    const [, name = '', value = ''] = /^([a-z_]+)=(.*)$/.exec(flag) ?? []
    if (name !== '') inputs[name] = value
  }
  for (const [name, value] of Object.entries(env)) {
    if (name === FLAGS || !name.startsWith(PREFIX) || value === undefined) continue
    const input = name.slice(PREFIX.length).toLowerCase()
    if (value !== '' || !(input in inputs)) inputs[input] = value
  }
  return inputs
}

/** Adds what must never show: the secrets that the user names in `OZ_MASK`, and the tokens of this job. */
export function withSecrets(inputs: Readonly<Record<string, string>>, env: Environment): RawInputs {
  const tokens = ['OZ_GITLAB_TOKEN', 'CI_JOB_TOKEN'].map((name) => env[name] ?? '')
  const mask = [inputs.mask ?? '', env.OZ_MASK ?? '', ...tokens].filter((secret) => secret.trim() !== '')
  return mask.length === 0 ? inputs : { ...inputs, mask: mask.join('\n') }
}

export interface OwnReading {
  readonly own: OwnInputs
  readonly problems: readonly InputProblem[]
}

export function readOwnInputs(inputs: Readonly<Record<string, string>>): OwnReading {
  const problems: InputProblem[] = []
  const outputPrefix = inputs.output_prefix || 'OZ'
  if (!OUTPUT_PREFIX.test(outputPrefix)) {
    problems.push({
      name: 'output_prefix',
      message: `expected the beginning of a variable's name (at most 64 letters, digits and _), got "${outputPrefix}"`,
    })
  }
  const note = (inputs.note || 'true').toLowerCase()
  if (note !== 'true' && note !== 'false') {
    problems.push({ name: 'note', message: `expected true or false, got "${note}"` })
  }
  const role = inputs.minimum_role || 'developer'
  const minimumRole = MINIMUM_ROLES.find((one) => one === role)
  if (minimumRole === undefined) {
    const guess = didYouMean(role, MINIMUM_ROLES)
    problems.push({
      name: 'minimum_role',
      message: `expected one of ${MINIMUM_ROLES.join(', ')}, got "${role}".${guess}`,
    })
  }
  const mention = inputs.mention?.trim() || undefined
  const own = { outputPrefix, note: note === 'true', mention, minimumRole: minimumRole ?? 'owner' }
  return { own, problems }
}
