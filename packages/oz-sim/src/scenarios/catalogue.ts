import { nearest } from '../cli/usage.ts'
import type { Script } from '../script/schema.ts'
import { SimError } from '../sim-error.ts'
import { success } from './success.ts'

/** The built-in scenario called `name`; `origin` says who asked for it. */
export async function findScenario(name: string, origin: string): Promise<Script> {
  if (name === 'success') return success
  const all = await allScenarios()
  const found = all.get(name)
  if (found) return found
  const near = nearest(name, [...all.keys()])
  const help = near ? `did you mean '${near}'?` : `known scenarios: ${[...all.keys()].join(', ')}`
  throw new SimError(`${origin} asks for the scenario '${name}', which does not exist; ${help}`)
}

/** Every built-in scenario by its name. */
export async function allScenarios(): Promise<ReadonlyMap<string, Script>> {
  const themes: readonly Record<string, Script>[] = await Promise.all([
    import('./work.ts').then(({ work }) => work),
    import('./endings.ts').then(({ endings }) => endings),
    import('./output.ts').then(({ output }) => output),
    import('./forgery.ts').then(({ forgery }) => forgery),
    import('./secrets.ts').then(({ secrets }) => secrets),
    import('./failures.ts').then(({ failures }) => failures),
    import('./cloud.ts').then(({ cloud }) => cloud),
  ])
  return new Map([['success', success], ...themes.flatMap((theme) => Object.entries(theme))])
}
