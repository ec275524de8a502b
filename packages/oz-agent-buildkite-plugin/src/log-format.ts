import {
  type LogFormat,
  type LogItem,
  messageOf,
  type NoteLevel,
  printable,
  RunnerError,
} from '@oz-agent/core'

const COLOURS: Record<NoteLevel, string> = {
  info: '',
  notice: '\x1b[36m',
  warning: '\x1b[33m',
  error: '\x1b[31m',
}
const RESET = '\x1b[0m'

/** The open group for what the agent says and what we report. */
const OWN_GROUP = '+++ :robot_face: Oz\n'
const OPEN_CURRENT = '^^^ +++\n'

/**
 * Formats log items for Buildkite. Its groups cannot be nested, and a group ends where the next one begins. So
 * everything outside the collapsed groups of the agent's tools gets an open group of its own.
 * https://buildkite.com/docs/pipelines/configure/managing-log-output
 */
export function createBuildkiteLogFormat(): LogFormat {
  let where: 'nowhere' | 'speech' | 'group' = 'nowhere'

  const speech = () => {
    const header = where === 'speech' ? '' : OWN_GROUP
    where = 'speech'
    return header
  }

  const format = (item: LogItem): string => {
    switch (item.kind) {
      case 'say':
        return speech() + safeLines(item.text)
      case 'open':
        where = 'group'
        return `--- ${safeTitle(item.title)}\n`
      case 'body':
        return (where === 'nowhere' ? speech() : '') + safeLines(item.text)
      case 'close': {
        const wasOpen = where === 'group'
        where = 'nowhere'
        return wasOpen && item.failed ? OPEN_CURRENT : ''
      }
      case 'note':
        return speech() + formatNote(item)
      case 'link':
        return `${speech()}${inlineLink(item.label, item.url)}\n`
    }
  }
  return { format }
}

function formatNote({ level, title, text }: LogItem & { kind: 'note' }): string {
  const whole = safeLines(title === undefined ? text : `${safeTitle(title)}: ${text}`)
  const colour = COLOURS[level]
  if (colour === '') return whole
  const lines = whole.trimEnd().split('\n')
  return lines.map((line) => `${colour}${line}${RESET}\n`).join('')
}

/** An open group for an error outside a run: what happened, and what to do about it. */
export function errorGroup(error: unknown): string {
  return `+++ :x: Oz\n${safeLines(explain(knownError(error)))}`
}

/** An open group that names the plugin's own files which were changed and put back. */
export function changedGroup(names: readonly string[]): string {
  const text = `Files of this plugin were changed while the agent ran. They were put back, as later hooks of this job run them with its whole environment: ${names.join(', ')}`
  return `+++ :x: Oz\n${safeLines(text)}`
}

/** The exit status for an error outside a run. */
export function errorStatus(error: unknown): number {
  const known = knownError(error)
  return known instanceof RunnerError ? known.exitCode : INTERNAL_ERROR
}

const INTERNAL_ERROR = 70

/** The same error, or one with a remedy when the disk is full: that is no bug of ours. */
function knownError(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return error
  return new RunnerError(
    'unavailable',
    `there is no space left on this machine's disk: ${messageOf(error)}`,
    {
      remedy: 'Free some space, or let TMPDIR name a folder on a disk that has more.',
      cause: error,
    },
  )
}

function explain(error: unknown): string {
  if (error instanceof RunnerError) return [error.message, error.remedy].filter(Boolean).join('\n')
  const stack = error instanceof Error ? error.stack : messageOf(error)
  return `This is a bug of the Oz plugin, not of this pipeline; please report it with these lines:\n${stack}`
}

/**
 * Buildkite looks for group headers at the start of a line, after it has removed colours:
 * `---`, `+++` and `~~~` begin a group, `^^^ +++` opens the current one.
 */
const HEADER = /^(?=---|\+\+\+|~~~|\^\^\^)/gm

/** Any text as whole lines that cannot begin a group, make a link, show an image or move the cursor. */
export function safeLines(text: string): string {
  const lines = printable(text).replace(/\n$/, '').replace(HEADER, ' ')
  return `${lines}\n`
}

/** Any text as one line, to stand behind a marker of ours. */
function safeTitle(text: string): string {
  return printable(text).replace(/\s+/g, ' ').trim()
}

const ESC = '\x1b'
const BEL = '\x07'

/**
 * A link in the log. An address that is not HTTP is shown as plain text.
 * https://buildkite.com/docs/pipelines/configure/links-and-images-in-log-output
 */
function inlineLink(label: string, url: string): string {
  const text = safeTitle(label)
  const address = safeTitle(url)
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) return `${text}: ${address}`
  // Quotes and semicolons separate the fields of the escape sequence.
  const target = new URL(address).href.replaceAll("'", '%27').replaceAll(';', '%3B')
  const content = text.replaceAll("'", '’').replaceAll(';', ',')
  return `${ESC}]1339;url='${target}';content='${content}'${BEL}`
}
