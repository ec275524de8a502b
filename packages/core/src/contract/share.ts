import * as z from 'zod/mini'
import { didYouMean, quote } from './names.ts'
import { linesAndCommas, list, report } from './values.ts'

export type ShareLevel = 'view' | 'edit'

/** Who may see the session of a run. Source: the CLI's `--share`, https://docs.warp.dev/reference/cli */
export type ShareRecipient =
  | { readonly kind: 'me' }
  | { readonly kind: 'team' | 'public'; readonly level: ShareLevel | undefined }
  | { readonly kind: 'email'; readonly address: string; readonly level: ShareLevel | undefined }

const LEVELS = ['view', 'edit'] as const
const EXPECTED =
  'expected me, team, public or an email address, the last three with :view or :edit if you like'

/**
 * The recipients of a shared session, each in one of the CLI's forms.
 * Repeating an entry is harmless; the same recipient at two levels is refused. Reports all wrong entries.
 */
export const share = list(
  z.transform((entries: string[], context): ShareRecipient[] => {
    const recipients = new Map<string, ShareRecipient>()
    for (const entry of entries) {
      const wrong = (problem: string) => report(context, `${quote(entry)} ${problem}`)
      const recipient = readRecipient(entry, wrong)
      if (recipient === undefined) continue
      const key = recipientKey(recipient)
      const earlier = recipients.get(key) ?? recipient
      recipients.set(key, earlier)
      const levels = [levelOf(earlier), levelOf(recipient)] as const
      if (levels[0] !== levels[1]) {
        wrong(`shares with ${key} a second time at another level (${levels.join(' and ')}): keep one`)
      }
    }
    return [...recipients.values()]
  }),
  { split: linesAndCommas },
)

/** Undefined for a wrong entry, whose problem was handed to `wrong`. */
function readRecipient(entry: string, wrong: (problem: string) => undefined): ShareRecipient | undefined {
  const tight = entry.replace(/\s*:\s*/g, ':')
  if (/\s/.test(tight)) return wrong('holds a space: give one recipient a line')
  if (tight !== entry) return wrong(`has a space beside its colon: write ${quote(tight)}`)
  const [name = '', level, ...more] = entry.split(':')
  if (more.length > 0) return wrong(`has more than one level: ${EXPECTED}`)
  if (name === 'me') {
    return level === undefined ? { kind: 'me' } : wrong('has a level, but me is only yourself: write me')
  }
  if (name !== 'team' && name !== 'public' && !name.includes('@')) {
    return wrong(`is no recipient: ${EXPECTED}.${didYouMean(name, ['me', 'team', 'public'])}`)
  }
  if (level !== undefined && !isLevel(level)) {
    const shown = level === '' ? 'an empty level' : `the unknown level ${quote(level)}`
    return wrong(`has ${shown}: expected view or edit.${didYouMean(level, LEVELS)}`)
  }
  if (name === 'team' || name === 'public') return { kind: name, level }
  if (!/^[^@]+@[^@]+$/.test(name)) return wrong('is no email address: expected name@example.com')
  return { kind: 'email', address: name, level }
}

function isLevel(text: string): text is ShareLevel {
  return LEVELS.some((level) => level === text)
}

function levelOf(recipient: ShareRecipient): ShareLevel {
  return recipient.kind === 'me' ? 'view' : (recipient.level ?? 'view')
}

function recipientKey(recipient: ShareRecipient): string {
  return recipient.kind === 'email' ? recipient.address.toLowerCase() : recipient.kind
}

/** The CLI's flag for one recipient: `--share` alone for oneself, else `--share=<who>[:<level>]`. */
export function shareFlag(recipient: ShareRecipient): string {
  if (recipient.kind === 'me') return '--share'
  const who = recipient.kind === 'email' ? recipient.address : recipient.kind
  return recipient.level === undefined ? `--share=${who}` : `--share=${who}:${recipient.level}`
}
