import { nearest } from '../cli/usage.ts'
import { SimError } from '../run/ending.ts'
import type { Script } from '../script/schema.ts'
import { endings, failures } from './endings.ts'
import { forgery, output, secrets } from './hostile.ts'
import { cloud, work } from './work.ts'

const SCENARIOS: ReadonlyMap<string, Script> = new Map(
  [work, endings, output, forgery, secrets, failures, cloud].flatMap((theme) =>
    Object.entries<Script>(theme),
  ),
)

/** Every built-in scenario by its name. */
export const allScenarios = (): ReadonlyMap<string, Script> => SCENARIOS

/** The built-in scenario called `name`; `origin` says who asked for it. */
export function findScenario(name: string, origin: string): Script {
  const found = SCENARIOS.get(name)
  if (found) return found
  const names = [...SCENARIOS.keys()]
  const near = nearest(name, names)
  const help = near ? `did you mean '${near}'?` : `known scenarios: ${names.join(', ')}`
  throw new SimError(`${origin} asks for the scenario '${name}', which does not exist; ${help}`)
}
