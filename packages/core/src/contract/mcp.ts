import { type Reading, read, refuse } from './kinds.ts'

/** One MCP server configuration for the CLI's `--mcp`. Inline JSON may hold tokens: it never goes on argv. */
export type McpSource =
  | { readonly kind: 'inline'; readonly json: string }
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'id'; readonly id: string }

/**
 * Splits a list of MCP entries: one a line, but a JSON object may span lines.
 * A line that starts with `{` begins an object that ends where its braces do.
 */
export function splitMcp(text: string): Reading<string[]> {
  const entries: string[] = []
  let rest = text
  while (rest.trim() !== '') {
    rest = rest.trimStart()
    if (rest.startsWith('{')) {
      const end = endOfJsonObject(rest)
      if (end === undefined) return refuse(jsonProblem(rest))
      entries.push(rest.slice(0, end))
      rest = rest.slice(end).replace(/^\s*,/, '')
    } else {
      const [line = '', ...others] = rest.split(/\r\n|\r|\n/)
      entries.push(line.trim())
      rest = others.join('\n')
    }
  }
  return read(entries)
}

/** Where the object that starts at 0 ends, by its braces outside of strings. */
function endOfJsonObject(text: string): number | undefined {
  let depth = 0
  let inString = false
  for (let index = 0; index < text.length; index++) {
    const character = text[index]
    if (inString) {
      if (character === '\\') index++
      else if (character === '"') inString = false
    } else if (character === '"') inString = true
    else if (character === '{') depth++
    else if (character === '}' && --depth === 0) return index + 1
  }
  return undefined
}

/** Reads every entry; all that are wrong are reported together. */
export function readMcp(entries: readonly string[]): Reading<McpSource[]> {
  const problems: string[] = []
  const sources: McpSource[] = []
  for (const entry of entries) {
    if (!entry.startsWith('{')) {
      sources.push(looksLikePath(entry) ? { kind: 'path', path: entry } : { kind: 'id', id: entry })
      continue
    }
    const problem = jsonProblemOrNone(entry)
    if (problem === undefined) sources.push({ kind: 'inline', json: entry })
    else problems.push(problem)
  }
  return problems.length > 0 ? refuse(...problems) : read(sources)
}

function looksLikePath(entry: string): boolean {
  return /[/\\]/.test(entry) || /\.jsonc?$/i.test(entry)
}

function jsonProblemOrNone(text: string): string | undefined {
  try {
    JSON.parse(text)
    return undefined
  } catch {
    return jsonProblem(text)
  }
}

/** What is wrong with a JSON text, with line and column; the text itself may hold tokens and is not shown. */
function jsonProblem(text: string): string {
  try {
    JSON.parse(text)
  } catch (error) {
    const { line, column } = placeOfError(text, error)
    return `the inline JSON does not parse: line ${line}, column ${column}. Expected one JSON object, a path, a UUID or a well-known id in each entry`
  }
  return 'the inline JSON does not parse'
}

function placeOfError(text: string, error: unknown): { line: number; column: number } {
  const message = error instanceof Error ? error.message : ''
  const position = /at position (\d+)/.exec(message)?.[1]
  // V8 names no position when the text just ends too early.
  const offset = position === undefined ? text.trimEnd().length : Number(position)
  const before = text.slice(0, offset).split(/\r\n|\r|\n/)
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 }
}
