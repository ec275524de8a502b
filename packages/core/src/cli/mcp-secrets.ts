import type { McpSource } from '../contract/mcp.ts'

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

/** A value, and whether what it stands under tells that it is a secret. */
interface Place {
  readonly value: unknown
  readonly telling: boolean
}

// A list of what is left, not a recursion: however deep a user nests JSON, it is no bug of ours.
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
