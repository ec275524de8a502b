// https://ecma-international.org/publications-and-standards/standards/ecma-48/
// A string sequence (title, link …) ends with BEL or ST; one without an end within its line loses its introducer only.
const STRING_SEQUENCE = /(?:\x1b[\]PX^_]|[\x90\x98\x9d\x9e\x9f])[^\x07\x1b\x9c\r\n]*(?:\x07|\x1b\\|\x9c)/g
const CONTROL_SEQUENCE = /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]/g
const OTHER_ESCAPE = /\x1b[ -/]*[0-~]?/g
const LINE_END = /\r\n?|[\x85\v\f\u2028\u2029]/g
// Controls, marks of writing direction (they can show a text as another one), invisible fillers and tags.
const INVISIBLE =
  /[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu
const SUSPECT =
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\udb40]/

/**
 * Text that a terminal, a log and a web page all show as what it is: without escape sequences, control characters,
 * direction marks and invisible characters. Every kind of line end becomes `\n`; tabs stay. Pure; linear time.
 */
export function printable(text: string): string {
  if (!SUSPECT.test(text)) return text
  return text
    .replace(STRING_SEQUENCE, '')
    .replace(CONTROL_SEQUENCE, '')
    .replace(OTHER_ESCAPE, '')
    .replace(LINE_END, '\n')
    .replace(INVISIBLE, '')
}

/** The same on one line, of at most `max` characters; `…` says that it was cut. */
export function printableLine(text: string, max = 200): string {
  const line = printable(text.slice(0, max * 8))
    .replace(/\s+/g, ' ')
    .trim()
  if (line.length <= max) return line
  return `${line.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '')}…`
}
