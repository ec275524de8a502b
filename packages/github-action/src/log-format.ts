import type { LogItem, LogPainter } from '@oz-agent/core'
import { command } from './reporter.ts'

/**
 * Paints the log for GitHub. Whatever the agent chose stands between `::stop-commands::<random token>` and
 * `::<token>::`, where the runner obeys nothing; only our own commands stand outside.
 */
export function createGitHubPainter(newToken: () => string = () => crypto.randomUUID()): LogPainter {
  let token: string | undefined
  let groupIsOpen = false

  const guarded = (text: string) => {
    if (token !== undefined) return harmlessLines(text)
    token = newToken()
    return `::stop-commands::${token}\n${harmlessLines(text)}`
  }
  /** Our own commands, which the runner must obey again. */
  const obeyed = (commands: string) => {
    const resume = token === undefined ? '' : `::${token}::\n`
    token = undefined
    return resume + commands
  }
  const endGroup = () => {
    const end = groupIsOpen ? command('endgroup', '') : ''
    groupIsOpen = false
    return end
  }

  const paint = (item: LogItem): string => {
    switch (item.kind) {
      case 'say':
        return (groupIsOpen ? obeyed(endGroup()) : '') + guarded(`${item.text}\n`)
      case 'open': {
        const commands = endGroup() + command('group', harmlessLine(item.title.replace(/\s+/g, ' ')))
        groupIsOpen = true
        return obeyed(commands)
      }
      case 'body':
        return guarded(item.text)
      case 'close': {
        const end = obeyed(endGroup())
        return item.failed ? end + guarded('✗ failed\n') : end
      }
      case 'note':
        if (item.level === 'info') return obeyed('') + harmlessLines(item.text)
        return obeyed(command(item.level, harmlessMarkers(item.text), { title: item.title ?? '' }))
      case 'link':
        // A notice also stands on the page of the run, where nobody has to open the log to see it.
        return obeyed(command('notice', harmlessMarkers(item.url), { title: item.label }))
    }
  }
  return { paint }
}

/** Whole lines in which nothing reads as a command, also for runners that look for one within a line. */
function harmlessLines(text: string): string {
  const lines = text.split(/\r\n|\r|\n/)
  if (lines.at(-1) === '') lines.pop()
  return lines.map((line) => `${harmlessLine(line)}\n`).join('')
}

function harmlessLine(line: string): string {
  return harmlessMarkers(line).replace(/^(\s*):(?=:)/, '$1:\u200b')
}

/** `##[error]` and its like are obeyed, or coloured by the log's viewer, wherever they stand in a line. */
function harmlessMarkers(text: string): string {
  return text.replaceAll('##[', '##\u200b[')
}
