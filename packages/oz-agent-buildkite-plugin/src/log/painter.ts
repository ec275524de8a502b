import type { LogItem, LogPainter, NoteLevel } from '@oz-agent/core'
import { harmlessLines, harmlessTitle } from './harmless.ts'
import { inlineLink } from './link.ts'

const COLOURS: Record<NoteLevel, string> = {
  info: '',
  notice: '\x1b[36m',
  warning: '\x1b[33m',
  error: '\x1b[31m',
}
const RESET = '\x1b[0m'

/** The open group in which the agent speaks and we report. */
const OWN_GROUP = '+++ :robot_face: Oz\n'
const OPEN_CURRENT = '^^^ +++\n'

/**
 * Paints the log for Buildkite. Groups are flat there and end where the next one begins, so whatever stands
 * outside of the agent's collapsed groups gets an open group of its own.
 */
export function createBuildkitePainter(): LogPainter {
  let where: 'nowhere' | 'speech' | 'group' = 'nowhere'

  const speech = () => {
    const header = where === 'speech' ? '' : OWN_GROUP
    where = 'speech'
    return header
  }

  const paint = (item: LogItem): string => {
    switch (item.kind) {
      case 'say':
        return speech() + harmlessLines(item.text)
      case 'open':
        where = 'group'
        return `--- ${harmlessTitle(item.title)}\n`
      case 'body':
        return (where === 'nowhere' ? speech() : '') + harmlessLines(item.text)
      case 'close': {
        const wasOpen = where === 'group'
        where = 'nowhere'
        return wasOpen && item.failed ? OPEN_CURRENT : ''
      }
      case 'note':
        return paintNote(speech(), item)
      case 'link':
        return `${speech()}${inlineLink(item.label, item.url)}\n`
    }
  }
  return { paint }
}

function paintNote(header: string, { level, title, text }: LogItem & { kind: 'note' }): string {
  const whole = title === undefined ? text : `${harmlessTitle(title)}: ${text}`
  const colour = COLOURS[level]
  if (colour === '') return header + harmlessLines(whole)
  const lines = harmlessLines(whole).trimEnd().split('\n')
  return header + lines.map((line) => `${colour}${line}${RESET}\n`).join('')
}
