import { spell } from '@oz-agent/core'
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
  return {
    description: spec.description,
    ...shapes[spec.kind],
    ...(spec.choices && { enum: spec.choices }),
    ...(spec.default !== undefined && { default: typedDefault(spec) }),
    ...(spec.example !== undefined && { examples: [spec.example] }),
    ...(spec.secret && { writeOnly: true }),
  }
}

const shapes: Record<NamedInput['kind'], object> = {
  text: { type: 'string' },
  path: { type: 'string' },
  choice: { type: 'string' },
  boolean: { type: 'boolean' },
  // A bare number is minutes.
  duration: { type: ['string', 'number'] },
  // Text holds one entry a line.
  list: { type: ['array', 'string'], items: { type: ['string', 'object'] } },
}

function typedDefault(spec: NamedInput): unknown {
  return spec.kind === 'boolean' ? spec.default === 'true' : spec.default
}
