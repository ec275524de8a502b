import { referenceTables, scriptJsonSchema } from '@oz-agent/oz-sim'
import type { RegionGenerator } from './generator.ts'
import { renderJson } from './render-json.ts'

/** The tables of the stand-in's README: `oz-sim-scenarios`, `oz-sim-script`, `oz-sim-steps`. */
export const ozSimTables: readonly RegionGenerator[] = Object.entries(await referenceTables()).map(
  ([name, table]) => ({ name: `oz-sim-${name}`, render: () => `\n${table}\n` }),
)

export async function ozSimScriptSchema(): Promise<string> {
  return renderJson(await scriptJsonSchema())
}
