import { toJSONSchema } from 'zod'
import { STEPS } from '../steps/registry.ts'
import type { AnyStep } from '../steps/step.ts'
import { frameSchema } from './schema.ts'
import { zod } from './zod.ts'

type Json = Record<string, unknown>

/** The JSON Schema of a script (draft 2020-12), for editors and for other languages. */
export async function scriptJsonSchema(): Promise<Json> {
  const { $schema, properties, ...rest } = toJSONSchema(frameSchema(zod), { io: 'input' }) as Json & {
    properties: Json
  }
  const kinds = await Promise.all(Object.values(STEPS).map((load): Promise<AnyStep> => load()))
  const steps = {
    description: 'What `oz agent run` does, in order.',
    type: 'array',
    items: { oneOf: kinds.map(stepSchema) },
  }
  return {
    $schema,
    title: 'Script of the stand-in for the Oz CLI',
    ...rest,
    properties: { ...properties, steps },
  }
}

function stepSchema(kind: AnyStep): Json {
  const { $schema: _, ...input } = toJSONSchema(kind.schema(zod), { io: 'input' }) as Json & {
    properties: Json
    required?: readonly string[]
  }
  const forms: unknown[] = [input]
  if (kind.shorthand !== undefined) forms.push(input.properties[kind.shorthand])
  if ((input.required ?? []).length === 0) forms.push({ type: 'null' })
  const value = forms.length === 1 ? input : { anyOf: forms }
  return {
    description: kind.summary,
    type: 'object',
    properties: { [kind.name]: value },
    required: [kind.name],
    additionalProperties: false,
  }
}
