import { didYouMean, quote } from './names.ts'
import { type Reading, read, refuse } from './values.ts'

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
 * Reads the recipients of a shared session, each in one of the CLI's forms.
 * Repeating an entry is harmless; the same recipient at two levels is refused. Reports all wrong entries.
 */
export function readShare(entries: readonly string[]): Reading<ShareRecipient[]> {
  const problems: string[] = []
  const recipients = new Map<string, ShareRecipient>()
  for (const entry of entries) {
    const reading = readRecipient(entry)
    if (!reading.ok) {
      problems.push(...reading.problems)
      continue
    }
    const recipient = reading.value
    const key = recipientKey(recipient)
    const earlier = recipients.get(key)
    if (earlier !== undefined && levelOf(earlier) !== levelOf(recipient)) {
      problems.push(
        `${quote(entry)} shares with ${key} a second time at another level (${levelOf(earlier)} and ${levelOf(recipient)}): keep one`,
      )
    } else if (earlier === undefined) recipients.set(key, recipient)
  }
  return problems.length > 0 ? refuse(...problems) : read([...recipients.values()])
}

function readRecipient(entry: string): Reading<ShareRecipient> {
  const problem = (text: string) => refuse<ShareRecipient>(`${quote(entry)} ${text}`)
  const tight = entry.replace(/\s*:\s*/g, ':')
  if (/\s/.test(tight)) return problem('holds a space: give one recipient a line')
  if (tight !== entry) return problem(`has a space beside its colon: write ${quote(tight)}`)
  const [name = '', level, ...more] = entry.split(':')
  if (more.length > 0) return problem(`has more than one level: ${EXPECTED}`)
  if (name === 'me') {
    return level === undefined
      ? read({ kind: 'me' })
      : problem('has a level, but me is only yourself: write me')
  }
  if (name !== 'team' && name !== 'public' && !name.includes('@')) {
    return problem(`is no recipient: ${EXPECTED}.${didYouMean(name, ['me', 'team', 'public'])}`)
  }
  if (level !== undefined && !isLevel(level)) {
    const shown = level === '' ? 'an empty level' : `the unknown level ${quote(level)}`
    return problem(`has ${shown}: expected view or edit.${didYouMean(level, LEVELS)}`)
  }
  if (name === 'team' || name === 'public') return read({ kind: name, level })
  if (!/^[^@]+@[^@]+$/.test(name)) return problem('is no email address: expected name@example.com')
  return read({ kind: 'email', address: name, level })
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
