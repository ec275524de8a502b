import { printableLine } from './printable.ts'

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
