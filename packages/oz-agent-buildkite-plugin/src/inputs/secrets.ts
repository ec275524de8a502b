import type { Environment, InputProblem, Milliseconds, RawInputs } from '@oz-agent/core'
import * as z from 'zod'
import type { AgentCommands } from '../buildkite-agent/commands.ts'

/** `secret get` asks Buildkite over the network, and the Buildkite agent retries. */
const SECRET_LIMIT: Milliseconds = 30_000

/** The contract's inputs, with the values of the secrets that they name. */
export interface ResolvedInputs {
  readonly inputs: RawInputs
  readonly problems: readonly InputProblem[]
  /** Why the key that is named was not found; undefined when it was, or when none is named. */
  readonly missingKey: string | undefined
}

/**
 * Looks up what `warp-api-key` and `mask` name. A variable wins over a Buildkite secret of the same name.
 * @param hidden further values that must not be shown: those that the job's log masks.
 */
export async function resolveInputs(
  { inputs, problems }: { readonly inputs: RawInputs; readonly problems: readonly InputProblem[] },
  env: Environment,
  commands: Pick<AgentCommands, 'getSecret'>,
  hidden: readonly string[] = [],
): Promise<ResolvedInputs> {
  const { 'warp-api-key': _key, mask: _mask, ...others } = inputs
  const names = readSecretNames(inputs)
  const key = names.key === undefined ? undefined : await lookUp(names.key, env, commands)
  const named = names.mask.map((name) => env[name]).filter((value) => value !== undefined && value !== '')
  const mask = [...new Set([...named, ...hidden])]
  return {
    inputs: {
      ...others,
      ...(key?.value !== undefined && { 'warp-api-key': key.value }),
      ...(mask.length > 0 && { mask }),
    },
    problems: [...problems, ...names.problems],
    missingKey: key?.missing,
  }
}

type LookedUp =
  | { readonly value: string; readonly missing?: undefined }
  | { readonly value?: undefined; readonly missing: string }

async function lookUp(
  name: string,
  env: Environment,
  commands: Pick<AgentCommands, 'getSecret'>,
): Promise<LookedUp> {
  const variable = env[name]?.trim()
  if (variable) return { value: variable }
  const secret = await commands.getSecret(name, SECRET_LIMIT)
  if (secret.ok && secret.stdout.trim() !== '') return { value: secret.stdout.trim() }
  const why = secret.ok ? 'it is empty' : secret.reason
  return { missing: `no variable ${name} is set, and no Buildkite secret ${name} could be read (${why})` }
}

/** The names that the options give instead of secrets. */
export interface SecretNames {
  /** The variable or Buildkite secret that holds the key; undefined when none is named. */
  readonly key: string | undefined
  /** Variables whose values must not be shown. */
  readonly mask: readonly string[]
  readonly problems: readonly InputProblem[]
}

/** The name of an environment variable or of a Buildkite secret. */
export const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/
const VariableName = z.string().regex(VARIABLE_NAME)
const Text = z.string().trim()
const Key = z.union([z.null(), Text]).transform((text) => text || undefined)
/** A list, or text with a name a line or commas between them. */
const Mask = z
  .union([z.null().transform(() => []), z.string().transform((text) => text.split(/[\s,]+/)), z.array(Text)])
  .transform((names) => names.filter((name) => name !== ''))

const WRONG_KEY =
  'expected the name of an environment variable or of a Buildkite secret: letters, digits and _, without `$`'
const KEY_ITSELF =
  'this is a key itself, where its name is expected. Everyone who sees this build can read it: revoke it, keep the new one as a Buildkite secret and give the name of that. (`$NAME` in a pipeline is replaced by the value when it is uploaded: write NAME without the `$`.)'
const WRONG_MASK =
  'expected the names of environment variables. Give names and not values: whatever stands in a pipeline is shown on its page'

/** Reads the options that take names. A value that is no name may be a secret itself, so no message shows it. */
export function readSecretNames(inputs: RawInputs): SecretNames {
  const problems: InputProblem[] = []
  const key = Key.pipe(VariableName.optional()).safeParse(inputs['warp-api-key'] ?? null)
  if (!key.success) {
    const message = String(inputs['warp-api-key']).trim().startsWith('wk-') ? KEY_ITSELF : WRONG_KEY
    problems.push({ name: 'warp-api-key', message })
  }
  const entries = Mask.safeParse(inputs.mask ?? null)
  const mask = (entries.data ?? []).filter((name) => VARIABLE_NAME.test(name))
  if (mask.length !== entries.data?.length) problems.push({ name: 'mask', message: WRONG_MASK })
  return { key: key.data, mask, problems }
}
