import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import * as z from 'zod'

export const PLUGIN_FOLDER = join(import.meta.dirname, '../..')
export const EXAMPLES = join(PLUGIN_FOLDER, '../../examples/buildkite')

const Pipeline = z.looseObject({
  steps: z.array(z.looseObject({ plugins: z.array(z.record(z.string(), z.unknown())).optional() })),
})

/** What each use of this plugin in a pipeline is given. */
export function usesOfPlugin(
  yaml: string,
): readonly { readonly reference: string; readonly options: unknown }[] {
  const { steps } = Pipeline.parse(parse(yaml))
  return steps
    .flatMap(({ plugins }) => plugins ?? [])
    .flatMap((plugin) => Object.entries(plugin))
    .filter(([reference]) => reference.includes('oz-agent'))
    .map(([reference, options]) => ({ reference, options }))
}

/** The paths of all example pipelines. */
export function examplePipelines(): readonly string[] {
  return readdirSync(EXAMPLES, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yml'))
    .sort()
    .map((name) => join(EXAMPLES, name))
}

/** Every YAML block of the README, with the line that it begins in. */
export function readmePipelines(): readonly { readonly line: number; readonly yaml: string }[] {
  const text = readFileSync(join(PLUGIN_FOLDER, 'README.md'), 'utf8')
  return [...text.matchAll(/^```yaml\n(.*?)^```$/gms)].map((match) => ({
    line: text.slice(0, match.index).split('\n').length,
    yaml: match[1] ?? '',
  }))
}
