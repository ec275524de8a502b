/** What is wrong with the form of an `--mcp` value: UUID, path, well-known id, or inline JSON, which must parse. */
export function mcpProblem(value: string): string | undefined {
  if (value.trim() === '') return 'expected a UUID, the path of a JSON file, a well-known id or inline JSON'
  if (!value.trimStart().startsWith('{')) return undefined
  try {
    JSON.parse(value)
    return undefined
  } catch (error) {
    return `the inline JSON does not parse: ${error instanceof Error ? error.message : String(error)}`
  }
}
