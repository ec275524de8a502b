import * as z from 'zod/mini'
import { allScenarios } from '../scenarios/catalogue.ts'
import { stepsByName } from '../steps/registry.ts'
import type { AnyStep } from '../steps/step.ts'
import { frameSchema } from './schema.ts'

type Json = Record<string, unknown>

/** The JSON Schema of a script (draft 2020-12), for editors and for other languages. */
export function scriptJsonSchema(): Json {
  const { $schema, properties, ...rest } = z.toJSONSchema(frameSchema(), { io: 'input' }) as Json & {
    properties: Json
  }
  const steps = {
    description: 'What `oz agent run` does, in order.',
    type: 'array',
    items: { oneOf: stepsByName().map(([name, kind]) => stepSchema(name, kind)) },
  }
  return {
    $schema,
    title: 'Script of the stand-in for the Oz CLI',
    ...rest,
    properties: { ...properties, steps },
  }
}

function stepSchema(name: string, kind: AnyStep): Json {
  const { $schema: _, ...input } = z.toJSONSchema(kind.schema(), { io: 'input' }) as Json & {
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
    properties: { [name]: value },
    required: [name],
    additionalProperties: false,
  }
}

const row = (...cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
const table = (head: readonly string[], rows: readonly string[]): string =>
  [row(...head), row(...head.map(() => '---')), ...rows].join('\n')

/** The tables of the README, by the name of their region; a test keeps the README equal to them. */
export function referenceTables(): Readonly<Record<string, string>> {
  const scenarios = [...allScenarios()]
  return {
    script: table(['key', 'meaning'], keysOf()),
    steps: table(
      ['step', 'what it does', 'keys'],
      stepsByName().map(([name, kind]) => row(`\`${name}\``, kind.summary, stepKeys(kind))),
    ),
    scenarios: table(
      ['scenario', 'what happens'],
      scenarios.map(([name, { description = '' }]) => row(`\`${name}\``, description)),
    ),
  }
}

const description = (schema: z.ZodMiniType): string => z.globalRegistry.get(schema)?.description ?? ''

const keysOf = (): readonly string[] =>
  Object.entries(frameSchema().shape).map(([key, value]) => row(`\`${key}\``, description(value)))

function stepKeys(kind: AnyStep): string {
  const keys = Object.entries(kind.schema().shape as Record<string, z.ZodMiniType>)
  return keys
    .map(([key, schema]) => `\`${key}\`${key === kind.shorthand ? ' (or bare)' : ''}: ${description(schema)}`)
    .join('<br>')
}
