import { endGroup, error, notice, startGroup, warning } from '@actions/core'
import type { LogFormat, LogItem } from '@oz-agent/core'

/**
 * How the log looks on GitHub. Whatever the agent chose stands between `::stop-commands::<random token>` and
 * `::<token>::`, where the runner obeys nothing; only our own commands stand outside.
 */
export function createGitHubLogFormat(newToken: () => string = () => crypto.randomUUID()): LogFormat {
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
  const closeGroup = () => {
    const end = groupIsOpen ? written(endGroup) : ''
    groupIsOpen = false
    return end
  }

  const format = (item: LogItem): string => {
    switch (item.kind) {
      case 'say':
        return (groupIsOpen ? obeyed(closeGroup()) : '') + guarded(`${item.text}\n`)
      case 'open': {
        const commands =
          closeGroup() + written(() => startGroup(harmlessLine(item.title.replace(/\s+/g, ' '))))
        groupIsOpen = true
        return obeyed(commands)
      }
      case 'body':
        return guarded(item.text)
      case 'close': {
        const end = obeyed(closeGroup())
        return item.failed ? end + guarded('✗ failed\n') : end
      }
      case 'note':
        if (item.level === 'info') return obeyed('') + harmlessLines(item.text)
        return obeyed(annotation(item.level, harmlessMarkers(item.text), item.title))
      case 'link':
        // A notice also stands on the page of the run, where nobody has to open the log to see it.
        return obeyed(annotation('notice', harmlessMarkers(item.url), item.label))
    }
  }
  return { format }
}

const ANNOTATIONS = { notice, warning, error }

function annotation(level: keyof typeof ANNOTATIONS, text: string, title: string | undefined): string {
  return written(() => ANNOTATIONS[level](text, title ? { title } : {}))
}

/**
 * What the toolkit writes to standard output by this call, as text: our log is written in one place, in one order and
 * within one budget. The call is synchronous, so that nothing else can write meanwhile.
 */
function written(call: () => void): string {
  const { write } = process.stdout
  let text = ''
  process.stdout.write = (chunk: string | Uint8Array) => {
    text += String(chunk)
    return true
  }
  try {
    call()
  } finally {
    process.stdout.write = write
  }
  return text
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
