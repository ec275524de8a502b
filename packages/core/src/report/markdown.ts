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
    .replace(/&(?=\d)|%(?=[\d"\p{L}])|\bG[HL]-(?=\d)/giu, '$&\u200b')
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

/**
 * Languages of fences that are not shown as code but drawn, or asked of the forge (`glql`).
 * https://docs.gitlab.com/user/markdown/ , https://kroki.io/#support , https://docs.github.com/get-started/writing-on-github/working-with-advanced-formatting/creating-diagrams
 */
const DRAWN = [
  ...[
    'mermaid',
    'plantuml',
    'puml',
    'c4plantuml',
    'geojson',
    'topojson',
    'stl',
    'math',
    'kroki',
    'json:table',
    'glql',
  ],
  ...[
    'actdiag',
    'blockdiag',
    'bpmn',
    'bytefield',
    'd2',
    'dbml',
    'diagramsnet',
    'ditaa',
    'dot',
    'erd',
    'excalidraw',
  ],
  ...[
    'graphviz',
    'nomnoml',
    'nwdiag',
    'packetdiag',
    'pikchr',
    'rackdiag',
    'seqdiag',
    'structurizr',
    'suggestion',
  ],
  ...['svgbob', 'symbolator', 'tikz', 'umlet', 'vega', 'wavedrom', 'wireviz'],
]

const RISKS = new RegExp(
  [
    `\\]\\((?<target>${SAFE_URL})\\)`, // a link that may be kept
    '\\](?=[(\\[:])', // other links, reference links and their definitions
    '!(?=\\[|\\d)', // images; references to merge requests
    '(?<url>(?:https?|ftp):\\/\\/[^\\s()\\[\\]<>]*)', // what becomes a link by itself
    'www(?=\\.)',
    '<(?=[a-z/!?])', // HTML, comments, links in angle brackets
    '@(?=\\S)', // mentions
    '&(?=[#a-z\\d])', // entities that would spell one of the others; references to epics
    '#(?=\\d)', // references to issues
    '(?<!~)~(?=["\\d\\p{L}])', // labels
    '%(?=["\\d\\p{L}])', // milestones
    '\\[(?=\\[)', // wiki links
    '\\[(?=[a-z_]+:\\S)', // [issue:1], [vulnerability:1] and their like
    '\\[(?=![a-z])', // callouts, which would speak with the forge's voice
    '\\$(?=[`\\d])', // snippets, formulas
    '\\^(?=alert#)', // alerts
    '\\*(?=iteration:)', // iterations
    '\\bG[HL]-(?=\\d)', // issues, spelt without their mark
    `(?<fence>\`{3,}|~{3,})[ \\t]*(?=\\{?[ \\t]*\\.?(?:${DRAWN.join('|')})(?!\\w))`, // drawn or asked by a service
  ].join('|'),
  'giu',
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
