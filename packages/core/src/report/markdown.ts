import { printable, printableLine } from './text.ts'

/** Any text as code on one line: nothing in it is Markdown. Not for cells of a table, where `|` would still part them. */
export function codeSpan(text: string, max = 200): string {
  const line = printableLine(text, max)
  if (line === '') return ''
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map((run) => run[0].length))
  const fence = '`'.repeat(longest + 1)
  const pad = longest > 0 ? ' ' : ''
  return `${fence}${pad}${line}${pad}${fence}`
}

/** Any text as plain words on one line: its marks show as they are. */
export function plainMarkdown(text: string, max = 2000): string {
  return printableLine(text, max)
    .replace(/[\\`*_{}[\]<>#|~$!^=]/g, '\\$&')
    .replace(/&(?=[#a-z])/gi, '&amp;')
    .replace(/@(?=\S)/g, '@\u200b')
    .replace(/(https?|ftp)(?=:\/\/)/gi, '$1\u200b')
    .replace(/www(?=\.)/gi, 'www\u200b')
}

/** A link of ours, or only its label when the address is no http address. */
export function markdownLink(label: string, url: string | null | undefined): string {
  if (url == null || !URL.canParse(url)) return plainMarkdown(label, 200)
  const { protocol, href } = new URL(url)
  if (protocol !== 'https:' && protocol !== 'http:') return plainMarkdown(label, 200)
  const target = href.replace(
    /[()<>[\]|*`\\'"\s]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `[${plainMarkdown(label, 200)}](${target})`
}

// Shows as nothing, and takes the meaning from the mark before it; it means the same inside and outside code, so no
// reading of the Markdown decides what is safe.
const BREAK = '\u200b'

const SAFE_URL = 'https?:\\/\\/[\\w.~:/?#=&%+,;-]+'

const RISKS = new RegExp(
  [
    `\\]\\((?<target>${SAFE_URL})\\)`, // a link that may be kept
    '\\](?=[(\\[:])', // other links, reference links and their definitions
    '!(?=\\[|\\d)', // images; references to merge requests
    '(?<url>(?:https?|ftp):\\/\\/[^\\s()\\[\\]<>]*)', // what becomes a link by itself
    'www(?=\\.)',
    '<(?=[a-z/!?])', // HTML, comments, links in angle brackets
    '@(?=\\S)', // mentions
    '&(?=[#a-z])', // entities that would spell one of the others
    '#(?=\\d)', // references to issues
    '\\[(?=\\[)', // wiki links
    '(?<fence>`{3,}|~{3,})[ \\t]*(?=mermaid|plantuml|geojson|topojson|stl|math|kroki|json:table)', // drawn by a service
  ].join('|'),
  'gi',
)

/**
 * The agent's Markdown as a block quote. The quote holds it in: a fence, list or table that is left open ends with it.
 * HTML, images, mentions, references and links do nothing; only links to `trustedHosts` (lower case, with a port if
 * any) stay, others show as their text and address. Headings, emphasis, lists, tables and code stay.
 * https://spec.commonmark.org/0.31.2/#block-quotes
 */
export function quoteAgentMarkdown(text: string, trustedHosts: ReadonlySet<string>): string {
  const lines = harmless(printable(text).trim(), trustedHosts).split('\n')
  return lines.map((line) => (line === '' ? '>' : `> ${line}`)).join('\n')
}

function harmless(text: string, trustedHosts: ReadonlySet<string>): string {
  return text.replace(RISKS, (match, ...rest) => {
    const groups = rest.at(-1) as { target?: string; url?: string; fence?: string }
    if (groups.target !== undefined) {
      return isTrusted(groups.target, trustedHosts) ? match : `]${BREAK}(${brokenUrl(groups.target)})`
    }
    if (groups.url !== undefined) return isTrusted(groups.url, trustedHosts) ? match : brokenUrl(groups.url)
    if (groups.fence !== undefined) return `${groups.fence}text `
    return `${match}${BREAK}`
  })
}

function isTrusted(url: string, hosts: ReadonlySet<string>): boolean {
  // Punctuation of the sentence may follow a bare address.
  const address = url.replace(/[.,;:!?'"*_]+$/, '')
  if (!new RegExp(`^${SAFE_URL}$`).test(address) || !URL.canParse(address)) return false
  return hosts.has(new URL(address).host)
}

function brokenUrl(url: string): string {
  return url.replaceAll('://', `${BREAK}://`).replaceAll('@', `@${BREAK}`)
}
