// The longest run of characters that one visible character may be made of; longer ones are cut within.
const MAX_GRAPHEME = 64

/**
 * A text of at most `maxBytes` of UTF-8: itself, or as much of it as fits before the notice. Cut between visible
 * characters (never within a code point). A notice that is itself too long is cut too.
 */
export function truncateUtf8(text: string, maxBytes: number, notice = ''): string {
  if (text.length * 3 <= maxBytes || Buffer.byteLength(text) <= maxBytes) return text
  const room = maxBytes - Buffer.byteLength(notice)
  if (room < 0) return headOf(notice, maxBytes)
  return `${headOf(text, room)}${notice}`
}

function headOf(text: string, maxBytes: number): string {
  if (maxBytes <= 0) return ''
  // Takes whole code points only.
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(Math.min(maxBytes, text.length * 3)))
  if (read >= text.length) return text
  return text.slice(0, graphemeBorder(text, read))
}

function graphemeBorder(text: string, end: number): number {
  const from = Math.max(0, end - MAX_GRAPHEME)
  const around = text.slice(from, end + 1 + (/[\ud800-\udbff]/.test(text[end] ?? '') ? 1 : 0))
  const last = [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(around)].at(-1)
  if (last === undefined) return end
  const start = from + last.index
  return start === from ? end : Math.min(start, end)
}

/** A longer message is cut in the log; the transcript has it whole. */
export const MAX_MESSAGE_CHARACTERS = 64 * 1024

/** A message of the agent for the log: printable, without blank lines at its end, within a bound that it names when it cuts. */
export function clipMessage(text: string): string {
  if (text.length <= MAX_MESSAGE_CHARACTERS) return printable(text).trimEnd()
  const head = text.slice(0, MAX_MESSAGE_CHARACTERS).replace(/[\ud800-\udbff]$/, '')
  return `${printable(head)}\n[${text.length - head.length} more characters in the transcript]`
}

const SIDE_LINES = 100
const SIDE_CHARACTERS = 24 * 1024
const LINE_CHARACTERS = 1000

/**
 * A long text for the log: its first and last 100 lines (and at most 24 thousand characters of each), with a line
 * between that counts what was left out. Overlong lines are cut. Printable; without empty lines at the end.
 * The middle is never copied, so a text of many megabytes costs little.
 */
export function clipLines(text: string, sideLines = SIDE_LINES): string {
  const [head, tail, between] = split(text)
  const first = linesOf(head)
  if (tail === undefined && first.length <= 2 * sideLines) return first.map(clipLine).join('\n')
  const last = tail === undefined ? first.splice(sideLines) : linesOf(tail)
  const hidden = between + Math.max(0, first.length - sideLines) + Math.max(0, last.length - sideLines)
  return [
    ...first.slice(0, sideLines).map(clipLine),
    `[${hidden} more ${hidden === 1 ? 'line' : 'lines'} in the transcript]`,
    ...last.slice(-sideLines).map(clipLine),
  ].join('\n')
}

function split(text: string): [head: string, tail: string | undefined, between: number] {
  if (text.length <= 2 * SIDE_CHARACTERS) return [text, undefined, 0]
  const headEnd = text.lastIndexOf('\n', SIDE_CHARACTERS)
  const tailStart = text.indexOf('\n', text.length - SIDE_CHARACTERS)
  const from = headEnd > 0 ? headEnd : SIDE_CHARACTERS
  const to = tailStart >= 0 && tailStart < text.length - 1 ? tailStart + 1 : text.length - SIDE_CHARACTERS
  let between = 0
  for (let at = text.indexOf('\n', from + 1); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) between++
  return [text.slice(0, from), text.slice(to), Math.max(1, between)]
}

const linesOf = (text: string): string[] => printable(text).trimEnd().split('\n')

function clipLine(line: string): string {
  if (line.length <= LINE_CHARACTERS) return line
  return `${line.slice(0, LINE_CHARACTERS).replace(/[\ud800-\udbff]$/, '')} [${line.length - LINE_CHARACTERS} more characters]`
}

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

/** `scheme://user:password@`, of whatever scheme; not the words that our own advice uses. */
const CREDENTIALS =
  /(\b[a-z][a-z0-9+.-]{0,20}:\/\/)(?!user:password@)[^\s/?#@'"`<>:]{0,256}:[^\s/?#'"`<>]{1,2000}@/gi

/** A text whose addresses have `***` in place of a user and password. Linear time. */
export function withoutPasswords(text: string): string {
  return text.includes('://') && text.includes('@') ? text.replace(CREDENTIALS, '$1***@') : text
}
