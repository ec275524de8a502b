import { offsetOfJsonError, placeOfJsonError } from './json-place.ts'
import { type Reading, read, refuse } from './kinds.ts'

/** One MCP server configuration for the CLI's `--mcp`. Inline JSON may hold tokens: it never goes on argv. */
export type McpSource =
  | { readonly kind: 'inline'; readonly json: string }
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'id'; readonly id: string }

const EXPECTED = 'expected a path, one JSON object, a UUID or a well-known id in each entry'

/**
 * Splits a list of MCP entries: one a line, but a JSON object may span lines and a JSON list counts as its entries.
 * A line that starts with `{` or `[` begins JSON that ends where its brackets do.
 */
export function splitMcp(text: string): Reading<string[]> {
  const entries: string[] = []
  let rest = text.trimStart()
  while (rest !== '') {
    if (/^[{[]/.test(rest)) {
      const end = endOfJson(rest)
      // Brackets that never close swallow what follows: the reader tells where it went wrong.
      const json = rest.slice(0, end).trimEnd()
      entries.push(...(entriesOfList(json) ?? [json]))
      rest = end === undefined ? '' : rest.slice(end).replace(/^\s*,/, '')
    } else {
      const line = /^[^\r\n]*/.exec(rest)?.[0] ?? ''
      entries.push(line.trim())
      rest = rest.slice(line.length)
    }
    rest = rest.trimStart()
  }
  return read(entries)
}

/** Where the object or list that starts at 0 ends, by its brackets outside of strings. */
function endOfJson(text: string): number | undefined {
  let depth = 0
  let inString = false
  for (let index = 0; index < text.length; index++) {
    const character = text[index]
    if (inString) {
      if (character === '\\') index++
      else if (character === '"') inString = false
    } else if (character === '"') inString = true
    else if (character === '{' || character === '[') depth++
    else if ((character === '}' || character === ']') && --depth === 0) return index + 1
  }
  return undefined
}

/** The entries of a JSON list as texts; undefined for anything else. */
function entriesOfList(json: string): string[] | undefined {
  if (!json.startsWith('[') || offsetOfJsonError(json) !== undefined) return undefined
  const list: unknown = JSON.parse(json)
  if (!Array.isArray(list)) return undefined
  return list.map((entry) => (typeof entry === 'string' ? entry.trim() : JSON.stringify(entry)))
}

/** Reads every entry; all that are wrong are reported together. No message shows an entry: it may hold a token. */
export function readMcp(entries: readonly string[]): Reading<McpSource[]> {
  const readings = entries.map((entry, index) => readEntry(entry, `entry ${index + 1}`))
  const problems = readings.flatMap((reading) => (reading.ok ? [] : reading.problems))
  if (problems.length > 0) return refuse(...problems)
  return read(readings.flatMap((reading) => (reading.ok ? [reading.value] : [])))
}

function readEntry(entry: string, which: string): Reading<McpSource> {
  if (/^[{[]/.test(entry)) {
    const place = placeOfJsonError(entry)
    if (place !== undefined)
      return refuse(`${which}: the inline JSON does not parse at ${place}. ${EXPECTED}`)
    if (entry.startsWith('[')) return refuse(`${which} is a JSON list: ${EXPECTED}`)
    return read({ kind: 'inline', json: entry })
  }
  if (/^\w+:\/\//.test(entry)) {
    return refuse(`${which} is a URL: put it into a JSON object such as {"my-server": {"url": "…"}}`)
  }
  // Pieces of JSON and values of other kinds would otherwise pass for ids, and be shown on the command line.
  if (/^["'{}[\],]|"|^(?:true|false|null)$/.test(entry)) {
    return refuse(`${which} is a piece of JSON that belongs to no object: ${EXPECTED}`)
  }
  if (looksLikePath(entry)) return read({ kind: 'path', path: entry })
  if (/[\s,]/.test(entry)) return refuse(`${which} holds several words: give one server a line`)
  return read({ kind: 'id', id: entry })
}

function looksLikePath(entry: string): boolean {
  return /[/\\]/.test(entry) || /\.jsonc?$/i.test(entry)
}
