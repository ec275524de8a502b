/** The URL that a text is, or undefined; what `URL.parse` does, which Node 20 does not have. */
export function parseUrl(text: string, base?: string): URL | undefined {
  return URL.canParse(text, base) ? new URL(text, base) : undefined
}
