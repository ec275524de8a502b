import type { Environment, InputProblem, Milliseconds, RawInputs } from '@oz-agent/core'
import type { AgentCommands } from '../agent/agent-commands.ts'
import type { Configuration } from '../configuration/read-configuration.ts'
import { readSecretNames } from '../configuration/secret-names.ts'

/** Fetching a secret asks Buildkite over the network, with retries of the agent's own. */
const SECRET_LIMIT: Milliseconds = 30_000

/** The contract's inputs with the values that their names stand for. */
export interface ResolvedInputs {
  readonly inputs: RawInputs
  readonly problems: readonly InputProblem[]
  /** Why the key that is named was not found; undefined when it was, or when none is named. */
  readonly missingKey: string | undefined
}

/** Looks up what `warp-api-key` and `mask` name. A variable goes before a Buildkite secret of the same name. */
export async function resolveInputs(
  { inputs, problems }: Pick<Configuration, 'inputs' | 'problems'>,
  env: Environment,
  commands: Pick<AgentCommands, 'getSecret'>,
): Promise<ResolvedInputs> {
  const { 'warp-api-key': _key, mask: _mask, ...others } = inputs
  const names = readSecretNames(inputs)
  const key = names.key === undefined ? undefined : await lookUp(names.key, env, commands)
  const mask = names.mask.map((name) => env[name]).filter((value) => value !== undefined && value !== '')
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
