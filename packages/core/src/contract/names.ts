import { distance } from 'fastest-levenshtein'

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

const LONGEST = 100
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g
const ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/**
 * What a user typed, in quotes, for one line of a message: control characters are spelled out
 * (a value must not be able to begin a line of its own in a log) and long text is cut at 100 characters.
 */
export function quote(text: string): string {
  const characters = [...text.slice(0, 2 * LONGEST + 2)]
  const cut = characters.length > LONGEST ? `${characters.slice(0, LONGEST).join('')}…` : text
  return `"${cut.replace(CONTROL, (character) => ESCAPES[character] ?? escaped(character))}"`
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/**
 * The known word that a wrong one was probably meant to be, or nothing when none is near:
 * at most a third of its letters differ, or one, or two neighbours are swapped.
 * Case, `-`, `_` and white space are not counted.
 */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const plain = (text: string) => text.toLowerCase().replace(/[-_\s]/g, '')
  const wanted = plain(word)
  if (wanted === '') return undefined
  let best: { word: string; changes: number } | undefined
  for (const candidate of known) {
    const letters = plain(candidate)
    // The library counts a swap of neighbours as two changes; people make it as one mistake.
    const changes = isSwap(wanted, letters) ? 1 : distance(wanted, letters)
    const near = changes <= Math.max(1, Math.floor(letters.length / 3))
    if (near && (best === undefined || changes < best.changes)) best = { word: candidate, changes }
  }
  return best?.word
}

function isSwap(one: string, other: string): boolean {
  if (one.length !== other.length || one === other) return false
  const at = [...one].findIndex((letter, index) => letter !== other[index])
  return one[at] === other[at + 1] && one[at + 1] === other[at] && one.slice(at + 2) === other.slice(at + 2)
}

/** ` Did you mean "x"?` with a leading space, or the empty string. */
export function didYouMean(word: string, known: readonly string[]): string {
  const guess = nearest(word, known)
  return guess === undefined ? '' : ` Did you mean "${guess}"?`
}
