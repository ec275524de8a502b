import { randomBytes } from 'node:crypto'
import { type LogItem, type LogPainter, printable, printableLine } from '@oz-agent/core'

/** Moves to the start of the line and clears it: what marks a section for GitLab's log, with a carriage return. */
const CLEAR = '\x1b[0K'
const STYLES = { info: '', notice: '\x1b[36;1m', warning: '\x1b[33;1m', error: '\x1b[31;1m' } as const
const RESET = '\x1b[0;m'
const TITLE = '\x1b[36m'

export interface PainterOptions {
  /** Seconds since 1970, whole. */
  readonly now: () => number
  /** A part of a section's name that nobody can guess. */
  readonly newName?: () => string
}

/**
 * Paints the log for GitLab with collapsed sections. The agent's text loses its escape sequences and carriage
 * returns, without which nothing is a marker, and the names of sections are random: it can neither open nor
 * close one. https://docs.gitlab.com/ci/jobs/job_logs/#custom-collapsible-sections
 */
export function createGitlabPainter({ now, newName = randomName }: PainterOptions): LogPainter {
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
  const paint = (item: LogItem): string => {
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
  return { paint }
}

function note({ level, title, text }: Extract<LogItem, { kind: 'note' }>): string {
  const label = level === 'warning' ? 'WARNING: ' : level === 'error' ? 'ERROR: ' : ''
  const head = title === undefined ? '' : `${line(title)}: `
  const [first = '', ...others] = lines(text).trimEnd().split('\n')
  const style = STYLES[level]
  const painted = style === '' ? `${head}${first}` : `${style}${label}${head}${first}${RESET}`
  return [painted, ...others].map((line) => `${line}\n`).join('')
}

/** One line of the same. */
function line(text: string, max?: number): string {
  return unmarked(printableLine(text, max))
}

/** A lenient reader could take the rest of a marker for one, or our own marker for its options. */
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
