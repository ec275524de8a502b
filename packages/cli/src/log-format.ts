import type { LogFormat, LogItem } from '@oz-agent/core'

/**
 * The log as plain text, in which no CI finds a command, wherever this runs: Azure and GitHub obey `##vso[` and `##[`
 * anywhere in a line, TeamCity obeys `##teamcity[`, and GitHub's runner obeys a line that begins with `::`, also after
 * white space, which it trims. What the agent chose is set in from the margin, and the marks are broken up.
 * https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 * https://www.jetbrains.com/help/teamcity/service-messages.html
 */
export const plainLogFormat: LogFormat = { format: (item) => harmless(format(item)) }

const MARKS = { info: '', notice: '', warning: 'warning: ', error: 'error: ' } as const

function format(item: LogItem): string {
  switch (item.kind) {
    case 'say':
      return `\n${indented(item.text, '  ')}\n`
    case 'open':
      return `▸ ${item.title.replace(/\s+/g, ' ')}\n`
    case 'body':
      return indented(item.text, '  │ ')
    case 'close':
      return item.failed ? '  ✗ failed\n' : ''
    case 'note': {
      const title = item.title === undefined ? '' : `${item.title}: `
      return `${MARKS[item.level]}${title}${item.text}\n`
    }
    case 'link':
      return `${item.label}: ${item.url}\n`
  }
}

function indented(text: string, margin: string): string {
  const lines = text.split(/\r\n|\r|\n/)
  if (lines.at(-1) === '') lines.pop()
  return lines.map((line) => `${margin}${line}\n`).join('')
}

/** A text for the log in which no CI finds a command of its own. Pure. */
export function harmless(text: string): string {
  return text
    .replace(/##(?=\[|vso\[|teamcity\[)/gi, '##\u200b')
    .replace(/^([\s\u0000-\u001f\u007f-\u00a0\u180e\u200b]*):(?=:)/gm, '$1:\u200b')
}
