import {
  didYouMean,
  type Environment,
  type InputId,
  type InputProblem,
  type RawInputs,
  spell,
} from '@oz-agent/core'
import * as z from 'zod'

const PREFIX = 'OZ_INPUT_'
const FLAGS = 'OZ_INPUT_FLAGS'

export const MINIMUM_ROLES = ['reporter', 'developer', 'maintainer', 'owner'] as const
export type MinimumRole = (typeof MINIMUM_ROLES)[number]

/** Bounded, as every name counts towards the 5 KB of a dotenv report. */
export const PREFIX_FORM = '^[A-Za-z_][A-Za-z0-9_]{0,63}$'

/** The inputs that only GitLab has, as text. An empty text means the default. */
const ownInputs = z.object({
  /** How the variables for later jobs begin. */
  output_prefix: orDefault('OZ').pipe(
    z.string().regex(new RegExp(PREFIX_FORM), {
      error: ({ input }) =>
        `expected the beginning of a variable's name (at most 64 letters, digits and _), got "${input}"`,
    }),
  ),
  /** Whether to keep a note on the merge request. */
  note: orDefault('true').pipe(
    z
      .string()
      .toLowerCase()
      .refine((text) => text === 'true' || text === 'false', {
        error: ({ input }) => `expected true or false, got "${input}"`,
      })
      .transform((text) => text === 'true'),
  ),
  /** The word that calls the agent in a comment; undefined where comments are not answered. */
  mention: orDefault('').transform((text) => text.trim() || undefined),
  /** The least role in the project of whoever may call the agent. */
  minimum_role: orDefault('developer').pipe(
    z.enum(MINIMUM_ROLES, {
      error: ({ input }) =>
        `expected one of ${MINIMUM_ROLES.join(', ')}, got "${input}".${didYouMean(String(input), MINIMUM_ROLES)}`,
    }),
  ),
})

export const OWN_INPUT_NAMES: readonly string[] = Object.keys(ownInputs.shape)

export interface OwnInputs {
  readonly outputPrefix: string
  readonly note: boolean
  readonly mention: string | undefined
  readonly minimumRole: MinimumRole
}

function orDefault(fallback: string) {
  return z
    .string()
    .optional()
    .transform((text) => text || fallback)
}

/** Reads GitLab's own inputs. A wrong one has its default beside its problem; a wrong role is the highest. */
export function readOwnInputs(inputs: Readonly<Record<string, string>>): {
  readonly own: OwnInputs
  readonly problems: readonly InputProblem[]
} {
  const parsed = ownInputs.safeParse(inputs)
  const issues = parsed.error?.issues ?? []
  const problems = issues.map(({ path, message }) => ({ name: String(path[0]), message }))
  const fallbacks = Object.fromEntries(
    problems.map(({ name }) => [name, name === 'minimum_role' ? 'owner' : '']),
  )
  const values = parsed.data ?? ownInputs.parse({ ...inputs, ...fallbacks })
  const { output_prefix: outputPrefix, note, mention, minimum_role: minimumRole } = values
  return { own: { outputPrefix, note, mention, minimumRole }, problems }
}

const SECRETS: Partial<Record<InputId, string>> = { mask: 'OZ_MASK', warpApiKey: 'WARP_API_KEY' }

/** The name that messages give an input. Secrets are no inputs on GitLab, so it is that of their variable. */
export function nameOfInput(id: InputId): string {
  return SECRETS[id] ?? spell(id, 'snake')
}

/**
 * The inputs as the template passes them: text in `OZ_INPUT_<NAME>`, booleans together in `OZ_INPUT_FLAGS`.
 * `OZ_INPUT_<NAME>` wins over the flags, so that a pipeline variable can replace an input.
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

/** Adds what must never be shown: the secrets that the user lists in `OZ_MASK`, and the tokens of this job. */
export function withSecrets(inputs: Readonly<Record<string, string>>, env: Environment): RawInputs {
  const tokens = ['OZ_GITLAB_TOKEN', 'CI_JOB_TOKEN']
    .map((name) => env[name] ?? '')
    .filter((token) => token.length >= 4)
  const mask = [inputs.mask ?? '', env.OZ_MASK ?? '', ...tokens].filter((secret) => secret.trim() !== '')
  return mask.length === 0 ? inputs : { ...inputs, mask: mask.join('\n') }
}
