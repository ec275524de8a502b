/**
 * Splits a command line into words, as the agent does with its `shell` setting: by spaces, with quotes and
 * backslashes, and without replacing anything. Undefined when a quote is not closed.
 */
export function shellWords(line: string): string[] | undefined {
  const words: string[] = []
  let word: string | undefined
  let quote = ''
  for (let index = 0; index < line.length; index++) {
    const character = line[index] ?? ''
    const next = line[index + 1]
    if (quote === "'") {
      if (character === quote) quote = ''
      else word += character
    } else if (character === '\\' && next !== undefined && (quote === '' || '"\\$`'.includes(next))) {
      word = (word ?? '') + next
      index++
    } else if (quote !== '') {
      if (character === quote) quote = ''
      else word += character
    } else if (character === '"' || character === "'") {
      quote = character
      word ??= ''
    } else if (/\s/.test(character)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else word = (word ?? '') + character
  }
  if (quote !== '') return undefined
  if (word !== undefined) words.push(word)
  return words
}
