import { INPUT_IDS, spell } from '@oz-agent/core'

const NAMES = new Map(INPUT_IDS.map((id) => [`\`${spell(id, 'snake')}\``, `\`${spell(id, 'kebab')}\``]))

/** The contract's descriptions name inputs the snake_case way; here they are spelled as in this plugin's YAML. */
export function kebabText(description: string): string {
  return description.replace(/`[a-z_]+`/g, (name) => NAMES.get(name) ?? name)
}
