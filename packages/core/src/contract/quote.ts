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
