import { spell } from '@oz-agent/core'
import * as z from 'zod'
import { inputsOn, type NamedInput } from './contract.ts'
import { renderJson } from './render-json.ts'

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
