/** How a platform spells the contract's names: `saved_prompt` or `saved-prompt`. */
export type Spelling = 'snake' | 'kebab'

/** `savedPrompt` → `saved_prompt` (GitHub, GitLab) or `saved-prompt` (Buildkite, flags). */
export function spell(id: string, spelling: Spelling): string {
  const separator = spelling === 'snake' ? '_' : '-'
  return id.replace(/[A-Z]/g, (capital) => separator + capital.toLowerCase())
}

/** The other way: `saved_prompt`, `saved-prompt` or the flag `--saved-prompt` → `savedPrompt`. */
export function unspell(name: string): string {
  const words = name.toLowerCase().replace(/^--/, '')
  return words.replace(/[_-]+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}
