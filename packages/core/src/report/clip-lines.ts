import { printable } from './printable.ts'

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
