import type { LogFormat, LogItem } from '@oz-agent/core'

/**
 * The log as plain text. Azure obeys `##vso[` and `##[` wherever they stand, other systems read lines that
 * begin with `::` or `---`: what the agent chose is set in from the margin, and the markers are broken up.
 */
export const plainLogFormat: LogFormat = { format }

const MARKS = { info: '', notice: '', warning: 'warning: ', error: 'error: ' } as const

function format(item: LogItem): string {
  switch (item.kind) {
    case 'say':
      return `\n${indented(item.text, '  ')}\n`
    case 'open':
      return `▸ ${harmless(item.title.replace(/\s+/g, ' '))}\n`
    case 'body':
      return indented(item.text, '  │ ')
    case 'close':
      return item.failed ? '  ✗ failed\n' : ''
    case 'note': {
      const title = item.title === undefined ? '' : `${item.title}: `
      return `${harmless(`${MARKS[item.level]}${title}${item.text}`)}\n`
    }
    case 'link':
      return `${harmless(`${item.label}: ${item.url}`)}\n`
  }
}

function indented(text: string, margin: string): string {
  const lines = harmless(text).split(/\r\n|\r|\n/)
  if (lines.at(-1) === '') lines.pop()
  return lines.map((line) => `${margin}${line}\n`).join('')
}

function harmless(text: string): string {
  return text.replace(/##(?=\[|vso\[)/gi, '##\u200b')
}
