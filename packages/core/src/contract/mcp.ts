import * as z from 'zod/mini'
import { offsetOfJsonError, placeOfJsonError } from './json-place.ts'
import { list, report } from './values.ts'

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
export function splitMcp(text: string): string[] {
  const entries: string[] = []
  let rest = text.trimStart()
  while (rest !== '') {
    if (/^[{[]/.test(rest)) {
      const end = endOfJson(rest)
      // Brackets that never close swallow what follows: the check tells where it went wrong.
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
  return entries
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

/** The servers; all entries that are wrong are reported together. No message shows an entry: it may hold a token. */
export const mcp = list(
  z.transform((entries: string[], context): McpSource[] =>
    entries.map((entry, index) =>
      readEntry(entry, (problem) => report(context, `entry ${index + 1}${problem}`)),
    ),
  ),
  { split: splitMcp, objects: true },
)

function readEntry(entry: string, wrong: (problem: string) => never): McpSource {
  if (/^[{[]/.test(entry)) {
    const place = placeOfJsonError(entry)
    if (place !== undefined) return wrong(`: the inline JSON does not parse at ${place}. ${EXPECTED}`)
    if (entry.startsWith('[')) return wrong(` is a JSON list: ${EXPECTED}`)
    return { kind: 'inline', json: entry }
  }
  if (/^\w+:\/\//.test(entry)) {
    return wrong(' is a URL: put it into a JSON object such as {"my-server": {"url": "…"}}')
  }
  // Pieces of JSON and values of other kinds would otherwise pass for ids, and be shown on the command line.
  if (/^["'{}[\],]|"|^(?:true|false|null)$/.test(entry)) {
    return wrong(` is a piece of JSON that belongs to no object: ${EXPECTED}`)
  }
  if (looksLikePath(entry)) return { kind: 'path', path: entry }
  if (/[\s,]/.test(entry)) return wrong(' holds several words: give one server a line')
  return { kind: 'id', id: entry }
}

function looksLikePath(entry: string): boolean {
  return /[/\\]/.test(entry) || /\.jsonc?$/i.test(entry)
}

const TELLING_NAME = /token|secret|password|passwd|api[-_]?key|auth|credential|private[-_]?key/i

/**
 * The values in inline MCP JSON that are secrets by the name they stand under (`env`, `headers`, a flag in `args`,
 * a field of a URL's query) or by their place (the password of a URL): they are redacted like any other. A scheme such
 * as `Bearer` before the value is left out.
 */
export function secretsOfMcp(sources: readonly McpSource[]): string[] {
  const found = new Set<string>()
  for (const source of sources) if (source.kind === 'inline') collect(JSON.parse(source.json), found)
  return [...found]
}

/** A value, and whether the name of its key says that it is a secret. */
interface Place {
  readonly value: unknown
  readonly telling: boolean
}

// A loop, not recursion: JSON that is nested deeply must not overflow the stack.
function collect(json: unknown, found: Set<string>): void {
  const places: Place[] = [{ value: json, telling: false }]
  for (const { value, telling } of places) {
    if (typeof value === 'string') {
      for (const secret of telling ? [value] : secretsWithin(value)) add(secret, found)
    } else if (Array.isArray(value)) {
      value.forEach((entry, index) => {
        places.push({ value: entry, telling: telling || isTellingFlag(value[index - 1]) })
      })
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, entry] of Object.entries(value))
        places.push({ value: entry, telling: telling || TELLING_NAME.test(name) })
    }
  }
}

function add(value: string, found: Set<string>): void {
  const secret = value.replace(/^(bearer|basic|token)\s+/i, '').trim()
  // `${NAME}` is a reference that the CLI resolves, not a value.
  if (secret.length >= 8 && !/^\$\{?\w+\}?$/.test(secret)) found.add(secret)
}

/** `--token`, whose value is the next entry. */
function isTellingFlag(entry: unknown): boolean {
  return typeof entry === 'string' && /^--?[^=]+$/.test(entry) && TELLING_NAME.test(entry)
}

/** The value of `--token=…` or `Authorization: …`, and the secrets of a URL. */
function secretsWithin(text: string): string[] {
  const [, name = '', value = ''] = /^([\w-]+)\s*[=:]\s*(?!\/\/)(.+)$/s.exec(text) ?? []
  if (TELLING_NAME.test(name)) return [value]
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined) return []
  const fields = [...url.searchParams].filter(([field]) => TELLING_NAME.test(field))
  return [url.password, decodeSafely(url.password), ...fields.map(([, field]) => field)]
}

function decodeSafely(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
