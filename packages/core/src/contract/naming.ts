/**
 * How a platform spells the contract's names: `saved_prompt` (GitHub, GitLab), `saved-prompt` (Buildkite),
 * the flag `--saved-prompt` or the variable `OZ_AGENT_SAVED_PROMPT` (the plain command).
 */
export type Spelling = 'snake' | 'kebab' | 'flag' | 'variable'

/** What variables that stand for inputs begin with. */
export const VARIABLE_PREFIX = 'OZ_AGENT_'

/** `savedPrompt` → `saved_prompt`, `saved-prompt`, `--saved-prompt` or `OZ_AGENT_SAVED_PROMPT`. */
export function spell(id: string, spelling: Spelling): string {
  const separated = (separator: string) =>
    id.replace(/[A-Z]/g, (capital) => separator + capital.toLowerCase())
  switch (spelling) {
    case 'snake':
      return separated('_')
    case 'kebab':
      return separated('-')
    case 'flag':
      return `--${separated('-')}`
    case 'variable':
      return VARIABLE_PREFIX + separated('_').toUpperCase()
  }
}

/** The other way, from any spelling: `saved-prompt` → `savedPrompt`. */
export function unspell(name: string): string {
  const plain = name.startsWith(VARIABLE_PREFIX)
    ? name.slice(VARIABLE_PREFIX.length)
    : name.replace(/^--/, '')
  return plain.toLowerCase().replace(/[_-]+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}
