import type { McpSource } from '../contract/mcp.ts'

const TELLING_NAME = /token|secret|password|passwd|api[-_]?key|auth|credential|private[-_]?key/i

/**
 * The values in inline MCP JSON that are secrets by the name they stand under (`env`, `headers` and the like):
 * they are redacted like any other. A scheme such as `Bearer` before the value is left out.
 */
export function secretsOfMcp(sources: readonly McpSource[]): string[] {
  const found = new Set<string>()
  for (const source of sources) if (source.kind === 'inline') collect(JSON.parse(source.json), false, found)
  return [...found]
}

function collect(value: unknown, telling: boolean, found: Set<string>): void {
  if (typeof value === 'string') {
    const secret = value.replace(/^(bearer|basic|token)\s+/i, '').trim()
    // `${NAME}` is a reference that the CLI resolves, not a value.
    if (telling && secret.length >= 8 && !/^\$\{?\w+\}?$/.test(secret)) found.add(secret)
  } else if (Array.isArray(value)) for (const entry of value) collect(entry, telling, found)
  else if (typeof value === 'object' && value !== null) {
    for (const [name, entry] of Object.entries(value))
      collect(entry, telling || TELLING_NAME.test(name), found)
  }
}
