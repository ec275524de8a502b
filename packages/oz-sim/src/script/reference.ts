import { allScenarios } from '../scenarios/catalogue.ts'
import { STEPS } from '../steps/registry.ts'
import type { AnyStep } from '../steps/step.ts'
import { frameSchema } from './schema.ts'
import { zod } from './zod.ts'

const row = (...cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
const table = (head: readonly string[], rows: readonly string[]): string =>
  [row(...head), row(...head.map(() => '---')), ...rows].join('\n')

/** The tables of the README, by the name of their region; a test keeps the README equal to them. */
export async function referenceTables(): Promise<Readonly<Record<string, string>>> {
  const kinds = await Promise.all(Object.values(STEPS).map((load): Promise<AnyStep> => load()))
  const scenarios = [...(await allScenarios())]
  return {
    script: table(['key', 'meaning'], keysOf(frameSchema(zod))),
    steps: table(
      ['step', 'what it does', 'keys'],
      kinds.map((kind) => row(`\`${kind.name}\``, kind.summary, stepKeys(kind))),
    ),
    scenarios: table(
      ['scenario', 'what happens'],
      scenarios.map(([name, { description = '' }]) => row(`\`${name}\``, description)),
    ),
  }
}

const keysOf = (schema: ReturnType<typeof frameSchema>): readonly string[] =>
  Object.entries(schema.shape).map(([key, value]) => row(`\`${key}\``, value.description ?? ''))

function stepKeys(kind: AnyStep): string {
  const keys = Object.entries(kind.schema(zod).shape as Record<string, { description?: string }>)
  return keys
    .map(
      ([key, { description = '' }]) =>
        `\`${key}\`${key === kind.shorthand ? ' (or bare)' : ''}: ${description}`,
    )
    .join('<br>')
}
