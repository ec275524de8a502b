import type { Environment, RawInputs } from '@oz-agent/core'

const PREFIX = 'INPUT_'

/**
 * The step's `with:` as the runner hands it over: `INPUT_<NAME>`, upper-cased, blanks as `_`; empty when not given.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/metadata-syntax#inputs
 */
export function readGitHubInputs(env: Environment): RawInputs {
  const inputs: Record<string, string> = {}
  for (const [variable, value] of Object.entries(env)) {
    if (!variable.startsWith(PREFIX) || value === undefined || value === '') continue
    inputs[variable.slice(PREFIX.length).toLowerCase()] = value
  }
  return inputs
}
