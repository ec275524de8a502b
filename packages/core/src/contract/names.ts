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

/** How many single-character insertions, removals, changes and swaps of neighbours turn `a` into `b`. */
export function editDistance(a: string, b: string): number {
  let twoBack: number[] = []
  let oneBack = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1]
      let best = Math.min(
        at(current, column - 1) + 1,
        at(oneBack, column) + 1,
        at(oneBack, column - 1) + (same ? 0 : 1),
      )
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      if (swapped) best = Math.min(best, at(twoBack, column - 2) + 1)
      current.push(best)
    }
    twoBack = oneBack
    oneBack = current
  }
  return at(oneBack, b.length)
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY
}

/**
 * The known word that a wrong one was probably meant to be, or nothing when none is near:
 * at most a third of its length apart, spelling of case, `-` and `_` not counted.
 */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const plain = (text: string) => text.toLowerCase().replace(/[-_\s]/g, '')
  const wanted = plain(word)
  if (wanted === '') return undefined
  let best: { word: string; distance: number } | undefined
  for (const candidate of known) {
    const distance = editDistance(wanted, plain(candidate))
    const near = distance <= Math.max(1, Math.floor(plain(candidate).length / 3))
    if (near && (best === undefined || distance < best.distance)) best = { word: candidate, distance }
  }
  return best?.word
}

/** ` Did you mean "x"?` with a leading space, or the empty string. */
export function didYouMean(word: string, known: readonly string[]): string {
  const guess = nearest(word, known)
  return guess === undefined ? '' : ` Did you mean "${guess}"?`
}
