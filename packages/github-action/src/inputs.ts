import { type Environment, INPUT_IDS, nearest, type RawInputs, spell } from '@oz-agent/core'

const PREFIX = 'INPUT_'
const NAMES = INPUT_IDS.map((id) => spell(id, 'snake'))

/**
 * The step's `with:` as the runner hands it over: `INPUT_<NAME>`, upper-cased, blanks as `_`; empty when not given.
 * A name that is near none of ours is left alone: it may be a variable of the job, and the runner itself warns of an
 * input that no action declares. A near miss is kept, and refused later.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/metadata-syntax#inputs
 */
export function readGitHubInputs(env: Environment): RawInputs {
  const inputs: Record<string, string> = {}
  for (const [variable, value] of Object.entries(env)) {
    if (!variable.startsWith(PREFIX) || value === undefined || value === '') continue
    const name = variable.slice(PREFIX.length).toLowerCase()
    if (nearest(name, NAMES) !== undefined) inputs[name] = value
  }
  return inputs
}

/** Whether the inputs hand a variable of the runner to the agent on purpose: by `pass_env`, or all by `inherit`. */
export function passesToAgent({ env_policy: policy, pass_env: pass }: RawInputs, name: string): boolean {
  if (String(policy ?? '').trim() === 'inherit') return true
  return String(pass ?? '')
    .split(/[\s,]+/)
    .includes(name)
}
