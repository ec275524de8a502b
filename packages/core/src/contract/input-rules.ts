import type { InputId, InputValues } from './inputs.ts'
import type { InputProblem, NameOf } from './parse-inputs.ts'

/** What the rules between inputs found: problems end the step, warnings are shown and the run goes on. */
export interface RuleFindings {
  readonly problems: readonly InputProblem[]
  readonly warnings: readonly string[]
}

/** Inputs that only one of the two kinds of run understands. */
const LOCAL_ONLY = ['cwd', 'share', 'profile', 'strictMcpStartup', 'mcpStartupTimeout'] as const
const WARNED_BY_OFFICIAL_ACTION: readonly InputId[] = ['host', 'cwd', 'share', 'profile']

/**
 * Checks the inputs against each other.
 * @param lenient where the official action only warns about an input that has no effect, warn too (GitHub).
 */
export function checkInputRules(values: InputValues, nameOf: NameOf, lenient: boolean): RuleFindings {
  const problems: InputProblem[] = []
  const warnings: string[] = []
  const noEffect = (id: InputId, when: string, remedy: string) => {
    const message = `has no effect ${when}: ${remedy}`
    if (lenient && WARNED_BY_OFFICIAL_ACTION.includes(id)) warnings.push(`${nameOf(id)} ${message}`)
    else problems.push({ name: nameOf(id), message })
  }

  const prompts = (['prompt', 'promptFile', 'savedPrompt'] as const).filter((id) => values[id] !== undefined)
  const [first, ...others] = prompts.map(nameOf)
  if (first !== undefined && others.length > 0) {
    problems.push({ name: [first, ...others].join(', '), message: 'exclude each other: give one of them' })
  }
  if (first === undefined && values.skill === undefined) {
    const choices = `${nameOf('promptFile')}, ${nameOf('savedPrompt')} or ${nameOf('skill')}`
    problems.push({ name: nameOf('prompt'), message: `nothing to do: give ${nameOf('prompt')}, ${choices}` })
  }
  if (values.cloud) {
    for (const id of LOCAL_ONLY) {
      const value = values[id]
      if (value !== undefined && value !== false) {
        noEffect(id, `with ${nameOf('cloud')}`, `take it out, or take out ${nameOf('cloud')}`)
      }
    }
  } else {
    if (values.host !== undefined)
      noEffect('host', `without ${nameOf('cloud')}`, `set ${nameOf('cloud')} to true`)
    if (values.wait === false)
      noEffect('wait', `without ${nameOf('cloud')}`, `set ${nameOf('cloud')} to true`)
  }
  if (values.ozPath !== undefined && values.ozSha256 !== undefined) {
    noEffect('ozSha256', `with ${nameOf('ozPath')}`, 'it checks a download, and nothing is downloaded')
  }
  return { problems, warnings }
}
