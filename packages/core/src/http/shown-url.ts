import { parseUrl } from './parse-url.ts'

/** A URL fit for a log: without credentials and without the query, which holds the signature of many storage links. */
export function shownUrl(url: string | URL): string {
  const parsed = parseUrl(String(url))
  if (parsed === undefined) return '(not a URL)'
  return `${parsed.protocol}//${parsed.host}${parsed.pathname}`
}
