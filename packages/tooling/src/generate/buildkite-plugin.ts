import { pluginDefinition } from '@oz-agent/buildkite-plugin'
import { stringify } from 'yaml'

const header =
  '# Generated from packages/core/src/contract and the options of this plugin by `npm run generate`.\n'

/** The plugin's manifest: its description and the schema of its options. */
export function buildkitePlugin(): string {
  return header + stringify(pluginDefinition(), { lineWidth: 0, aliasDuplicateObjects: false })
}
