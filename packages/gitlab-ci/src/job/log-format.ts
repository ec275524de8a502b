import { randomBytes } from 'node:crypto'
import { type LogFormat, type LogItem, printable, printableLine } from '@oz-agent/core'

/** Clears the line. With a carriage return, it is what GitLab's log knows a section marker by. */
const CLEAR = '\x1b[0K'
const STYLES = { info: '', notice: '\x1b[36;1m', warning: '\x1b[33;1m', error: '\x1b[31;1m' } as const
const RESET = '\x1b[0;m'
const TITLE = '\x1b[36m'

export interface LogFormatOptions {
  /** Seconds since 1970, whole. */
  readonly now: () => number
  /** A part of a section's name that cannot be guessed. */
  readonly newName?: () => string
}

/**
 * Formats the log for GitLab, with collapsed sections. The agent's text loses its escape sequences and carriage
 * returns, and section names are random, so the text can neither open nor close a section.
 * https://docs.gitlab.com/ci/jobs/job_logs/#custom-collapsible-sections
 */
export function createGitLabLogFormat({ now, newName = randomName }: LogFormatOptions): LogFormat {
  let open: string | undefined

  const end = (): string => {
    if (open === undefined) return ''
    const marker = `${CLEAR}section_end:${now()}:${open}\r${CLEAR}\n`
    open = undefined
    return marker
  }
  const start = (title: string): string => {
    open = `oz_${newName()}`
    return `${CLEAR}section_start:${now()}:${open}[collapsed=true]\r${CLEAR}${TITLE}${line(title)}${RESET}\n`
  }
  const format = (item: LogItem): string => {
    switch (item.kind) {
      case 'say':
        return `${end()}${lines(item.text)}`
      case 'open':
        return end() + start(item.title)
      case 'body':
        return lines(item.text)
      case 'close':
        return end() + (item.failed ? `${STYLES.error}✗ failed${RESET}\n` : '')
      case 'note':
        return end() + note(item)
      case 'link':
        return `${end()}${line(item.label)}: ${line(item.url, 2000)}\n`
    }
  }
  return { format }
}

function note({ level, title, text }: Extract<LogItem, { kind: 'note' }>): string {
  const label = level === 'warning' ? 'WARNING: ' : level === 'error' ? 'ERROR: ' : ''
  const head = title === undefined ? '' : `${line(title)}: `
  const [first = '', ...others] = lines(text).trimEnd().split('\n')
  const style = STYLES[level]
  const formatted = style === '' ? `${head}${first}` : `${style}${label}${head}${first}${RESET}`
  return [formatted, ...others].map((line) => `${line}\n`).join('')
}

/** One line in which nothing reads as a marker. */
function line(text: string, max?: number): string {
  return unmarked(printableLine(text, max))
}

/** Also breaks the words of a marker, as a lenient reader could accept a marker without its escape sequences. */
function unmarked(text: string): string {
  return text.replaceAll(/section_(?=start:|end:)/g, 'section_\u200b')
}

/** Whole lines in which nothing reads as a marker. */
function lines(text: string): string {
  const clean = printable(text).replace(/\n+$/, '')
  return `${unmarked(clean)}\n`
}

function randomName(): string {
  return randomBytes(8).toString('hex')
}
