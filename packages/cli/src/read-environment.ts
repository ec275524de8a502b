import { type Environment, INPUT_IDS, nearest, type RawInputs, spell, VARIABLE_PREFIX } from '@oz-agent/core'

/**
 * Inputs from variables (`OZ_AGENT_PROMPT_FILE` for `--prompt-file`) that were not given as flags. A variable with
 * the prefix that is no input but nearly one is handed on, so that it is reported; any other is somebody else's. Pure.
 */
export function readEnvironment(env: Environment, flags: RawInputs): RawInputs {
  const names = INPUT_IDS.map((id) => spell(id, 'variable'))
  const inputs: Record<string, string> = {}
  for (const [name, value] of Object.entries(env)) {
    if (!name.startsWith(VARIABLE_PREFIX) || value === undefined || value.trim() === '') continue
    const id = INPUT_IDS[names.indexOf(name)]
    if (id === undefined) {
      if (nearest(name, names) !== undefined) inputs[name] = value
    } else if (!Object.hasOwn(flags, spell(id, 'flag'))) inputs[name] = value
  }
  return inputs
}
