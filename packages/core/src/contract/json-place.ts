/** A place in a text as editors count it: both begin at 1, columns are UTF-16 code units. */
export interface Place {
  readonly line: number
  readonly column: number
}

const SPACE = /[ \t\r\n]*/y
const VALUE =
  /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y
const SOUND_STRING_START = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/y

type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | 'colon' | 'comma' | 'end'

/**
 * Where a text stops being JSON, as an offset; undefined when it is JSON.
 * V8's own messages name no position for most errors and quote the text, which may hold secrets. `jsonc-parser` and
 * `@humanwhocodes/momoa` recurse, so that deep nesting overflows the stack, and are less exact within strings.
 */
export function offsetOfJsonError(text: string): number | undefined {
  const open: ('{' | '[')[] = []
  let expected: Expected = 'value'
  let at = 0
  const afterValue = (): Expected => (open.length === 0 ? 'end' : 'comma')
  for (;;) {
    at = matchAt(SPACE, text, at) ?? at
    const character = text[at]
    if (character === undefined) return expected === 'end' ? undefined : at
    const inObject = open.at(-1) === '{'
    if (expected === 'colon' && character === ':') {
      expected = 'value'
      at++
    } else if (expected === 'comma' && character === ',') {
      expected = inObject ? 'key' : 'value'
      at++
    } else if (closes(expected, inObject, character)) {
      open.pop()
      expected = afterValue()
      at++
    } else if (expected.startsWith('value') && (character === '{' || character === '[')) {
      open.push(character)
      expected = character === '{' ? 'key or }' : 'value or ]'
      at++
    } else if (expected.startsWith('value') || (expected.startsWith('key') && character === '"')) {
      const end = matchAt(VALUE, text, at)
      if (end === undefined) return character === '"' ? matchAt(SOUND_STRING_START, text, at) : at
      expected = expected.startsWith('key') ? 'colon' : afterValue()
      at = end
    } else return at
  }
}

function closes(expected: Expected, inObject: boolean, character: string): boolean {
  if (expected === 'key or }') return character === '}'
  if (expected === 'value or ]') return character === ']'
  return expected === 'comma' && character === (inObject ? '}' : ']')
}

/** Where a match that begins exactly there ends. */
function matchAt(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : undefined
}

/** The line and column of an offset. */
export function placeAt(text: string, offset: number): Place {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/)
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 }
}

/** `line 3, column 7` of the first error of a JSON text; undefined when it is JSON. */
export function placeOfJsonError(text: string): string | undefined {
  const offset = offsetOfJsonError(text)
  if (offset === undefined) return undefined
  const { line, column } = placeAt(text, offset)
  return `line ${line}, column ${column}`
}
