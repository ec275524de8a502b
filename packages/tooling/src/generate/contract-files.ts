import { pluginDefinition } from '@oz-agent/buildkite-plugin'
import {
  doctorReportSchema,
  INPUTS,
  type InputId,
  type InputSpec,
  OUTPUTS,
  type Platform,
  resultSchema,
  spell,
} from '@oz-agent/core'
import { stringify } from 'yaml'
import * as z from 'zod'

/** One input of the contract with its id. */
export interface NamedInput extends InputSpec {
  readonly id: InputId
}

/** The inputs that at least one of these platforms shows, in the contract's order. */
export function inputsOn(platforms: readonly Platform[]): readonly NamedInput[] {
  const all = Object.entries(INPUTS) as [InputId, InputSpec][]
  return all
    .map(([id, spec]) => ({ id, ...spec }))
    .filter((spec) => spec.platforms?.some((one) => platforms.includes(one)) ?? true)
}

/**
 * The manifest of the run action, for the folder from which `dist` is reached by this path.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax
 */
export function actionManifest(dist: string): string {
  const inputs = inputsOn(['github']).map((spec) => [
    spell(spec.id, 'snake'),
    {
      description: spec.description,
      required: false,
      ...(spec.default !== undefined && { default: spec.default }),
    },
  ])
  const outputs = OUTPUTS.map(({ id, description }) => [spell(id, 'snake'), { description }])
  const manifest = {
    name: 'Run an Oz agent',
    description:
      'Runs a Warp Oz agent in this job, shows what it does and tells the truth about how it ended',
    author: 'The oz-agent-action authors',
    branding: { icon: 'terminal', color: 'purple' },
    inputs: Object.fromEntries(inputs),
    outputs: Object.fromEntries(outputs),
    runs: {
      using: 'node24',
      main: `${dist}/main.js`,
      post: `${dist}/post.js`,
      'post-if': 'always()',
    },
  }
  const header = '# Generated from packages/core/src/contract by `npm run generate`: change it there.\n'
  return header + stringify(manifest, { lineWidth: 0, singleQuote: true })
}

/** Buildkite's manifest: the plugin's description and the schema of its options. */
export function buildkitePlugin(): string {
  const header =
    '# Generated from packages/core/src/contract and the options of this plugin by `npm run generate`.\n'
  return header + stringify(pluginDefinition(), { lineWidth: 0, aliasDuplicateObjects: false })
}

/** A published schema of what we write. Its readers must accept fields that a later release adds. */
function publishedSchema(schema: z.core.$ZodType, title: string): string {
  return renderJson({ ...z.toJSONSchema(schema, { io: 'input' }), title })
}

export const resultJsonSchema = () => publishedSchema(resultSchema, 'result.json of an Oz agent step')
export const doctorJsonSchema = () => publishedSchema(doctorReportSchema, 'Report of oz-agent doctor')

/** A JSON Schema of the inputs by their snake_case names, for editors and for configuration files. */
export function inputsSchema(): string {
  const everywhere = inputsOn(['github', 'gitlab', 'buildkite', 'cli'])
  return renderJson({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Inputs of an Oz agent step',
    type: 'object',
    properties: Object.fromEntries(everywhere.map((spec) => [spell(spec.id, 'snake'), property(spec)])),
    additionalProperties: false,
  })
}

function property(spec: NamedInput): object {
  const { $schema: _, ...form } = z.toJSONSchema(spec.schema, { io: 'input' })
  return {
    description: spec.description,
    ...form,
    ...(spec.default !== undefined && { default: typedDefault(spec) }),
    ...(spec.example !== undefined && { examples: [spec.example] }),
    ...(spec.secret && { writeOnly: true }),
  }
}

function typedDefault({ kind, default: text }: NamedInput): unknown {
  if (kind === 'boolean') return text === 'true'
  return kind === 'number' ? Number(text) : text
}

/** JSON as it stands in the repository. */
export function renderJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
