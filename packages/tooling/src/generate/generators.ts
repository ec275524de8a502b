import { optionsTable } from '@oz-agent/buildkite-plugin'
import { featuresTable, publishedTemplate, remoteExample, templateInputsTable } from '@oz-agent/gitlab-ci'
import { referenceTables, scriptJsonSchema } from '@oz-agent/oz-sim'
import {
  actionManifest,
  buildkitePlugin,
  doctorJsonSchema,
  inputsSchema,
  renderJson,
  resultJsonSchema,
} from './contract-files.ts'
import type { RegionGenerator } from './regions.ts'
import { inputsTable, outcomesTable, outputsTable } from './tables.ts'

/** A file that is made from the contract. */
interface FileGenerator {
  /** Relative to the checkout, with forward slashes. */
  readonly path: string
  /** The whole file, ending in a newline. */
  render(): string | Promise<string>
}

/** Every generated file. */
export const fileGenerators: readonly FileGenerator[] = [
  { path: 'action.yml', render: () => actionManifest('actions/run/dist') },
  { path: 'actions/run/action.yml', render: () => actionManifest('dist') },
  { path: 'packages/oz-agent-buildkite-plugin/plugin.yml', render: buildkitePlugin },
  { path: 'examples/gitlab/remote/oz-agent.yml', render: publishedTemplate },
  { path: 'examples/gitlab/remote/.gitlab-ci.yml', render: remoteExample },
  { path: 'packages/core/schemas/result.v1.schema.json', render: resultJsonSchema },
  { path: 'packages/core/schemas/doctor.v1.schema.json', render: doctorJsonSchema },
  { path: 'packages/core/schemas/inputs.v1.schema.json', render: inputsSchema },
  {
    path: 'packages/oz-sim/schemas/script.v1.schema.json',
    render: async () => renderJson(await scriptJsonSchema()),
  },
]

/** Every generated part of Markdown files. */
export const regionGenerators: readonly RegionGenerator[] = [
  { name: 'inputs', render: () => inputsTable(['github', 'gitlab', 'buildkite', 'cli']) },
  { name: 'gitlab-features', render: featuresTable },
  { name: 'gitlab-template-inputs', render: templateInputsTable },
  { name: 'buildkite-options', render: optionsTable },
  { name: 'outputs', render: outputsTable },
  { name: 'outcomes', render: outcomesTable },
  // The tables of the stand-in's README: `oz-sim-scenarios`, `oz-sim-script`, `oz-sim-steps`.
  ...Object.entries(await referenceTables()).map(([name, table]) => ({
    name: `oz-sim-${name}`,
    render: () => `\n${table}\n`,
  })),
]
