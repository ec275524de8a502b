import { optionsTable } from '@oz-agent/buildkite-plugin'
import { featuresTable, publishedTemplate, remoteExample, templateInputsTable } from '@oz-agent/gitlab-ci'
import { actionManifest } from './action-manifest.ts'
import { buildkitePlugin } from './buildkite-plugin.ts'
import { doctorJsonSchema } from './doctor-json-schema.ts'
import type { FileGenerator, RegionGenerator } from './generator.ts'
import { inputsSchema } from './inputs-schema.ts'
import { ozSimScriptSchema, ozSimTables } from './oz-sim.ts'
import { resultJsonSchema } from './result-json-schema.ts'
import { inputsTable, outcomesTable, outputsTable } from './tables.ts'

/** Every generated file. A new one is one file beside this one and one line here. */
export const fileGenerators: readonly FileGenerator[] = [
  { path: 'action.yml', render: () => actionManifest('actions/run/dist') },
  { path: 'actions/run/action.yml', render: () => actionManifest('dist') },
  { path: 'packages/oz-agent-buildkite-plugin/plugin.yml', render: buildkitePlugin },
  { path: 'examples/gitlab/remote/oz-agent.yml', render: publishedTemplate },
  { path: 'examples/gitlab/remote/.gitlab-ci.yml', render: remoteExample },
  { path: 'packages/core/schemas/result.v1.schema.json', render: resultJsonSchema },
  { path: 'packages/core/schemas/doctor.v1.schema.json', render: doctorJsonSchema },
  { path: 'packages/core/schemas/inputs.v1.schema.json', render: inputsSchema },
  { path: 'packages/oz-sim/schemas/script.v1.schema.json', render: ozSimScriptSchema },
]

/** Every generated part of Markdown files. */
export const regionGenerators: readonly RegionGenerator[] = [
  { name: 'inputs', render: () => inputsTable(['github', 'gitlab', 'buildkite', 'cli']) },
  { name: 'inputs-github', render: () => inputsTable(['github']) },
  { name: 'gitlab-features', render: featuresTable },
  { name: 'gitlab-template-inputs', render: templateInputsTable },
  { name: 'inputs-gitlab', render: () => inputsTable(['gitlab']) },
  { name: 'inputs-buildkite', render: () => inputsTable(['buildkite']) },
  { name: 'buildkite-options', render: optionsTable },
  { name: 'inputs-cli', render: () => inputsTable(['cli']) },
  { name: 'outputs', render: outputsTable },
  { name: 'outcomes', render: outcomesTable },
  ...ozSimTables,
]
