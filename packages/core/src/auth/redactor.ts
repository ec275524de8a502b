import { hasInvisible, type Reading, readingsOf, withoutInvisible } from './invisible.ts'
import { MultiPatternMatcher } from './matcher.ts'
import { secretForms } from './secret-forms.ts'

/** What stands in place of a secret. */
export const REDACTED = '***'

/** A stretch of bytes, the end not included. */
export type Range = readonly [start: number, end: number]

/**
 * Replaces secrets in every form of `secretForms` by `***`; forms that overlap become one `***`. A form also counts where
 * invisible characters or escape sequences stand within it: whoever shows the text may remove them. They go with it.
 */
export interface Redactor {
  text(text: string): string
  stream(): RedactingStream
  /** Where secrets stand in the bytes of a text, by rising start, without overlaps. */
  find(bytes: Uint8Array): Range[]
}

/** Redacts bytes that come in pieces: the pieces together are what redacting the whole would give. */
export interface RedactingStream {
  /** Returns all that can be said already: only a tail that may still become a secret is held back. */
  push(chunk: Uint8Array): Uint8Array
  /** Returns what was held back; the stream can then be used anew. */
  end(): Uint8Array
}

/** Secrets of fewer than four characters are ignored (see `MIN_SECRET_LENGTH`). Any number of secrets, none included. */
export function createRedactor(secrets: readonly string[]): Redactor {
  const forms = new Set(secrets.flatMap((secret) => [secret, withoutInvisible(secret)]).flatMap(secretForms))
  if (forms.size === 0) return { text: (text) => text, stream: passThrough, find: () => [] }
  const matcher = new MultiPatternMatcher([...forms].map((form) => Buffer.from(form)))
  return {
    text: (text) => redactText(matcher, text),
    stream: () => redactingStream(matcher),
    find: (bytes) => look(matcher, bytes).found,
  }
}

/** Whether a text holds a secret of the redactor, in any form. */
export function holdsSecret(redactor: Redactor, text: string): boolean {
  return redactor.text(text) !== text
}

const NOTHING = new Uint8Array(0)
const STARS = Buffer.from(REDACTED)

/** A secret with more than this many bytes between its characters is no longer held back by a stream. */
const MOST_HELD = 64 * 1024

function passThrough(): RedactingStream {
  return { push: (chunk) => chunk, end: () => NOTHING }
}

function redactText(matcher: MultiPatternMatcher, text: string): string {
  const bytes = Buffer.from(text)
  const found = hasInvisible(text) ? look(matcher, bytes).found : scan(matcher, bytes)
  // The text itself: half surrogates would not survive the way through bytes.
  return found.length === 0 ? text : Buffer.concat(replaced(bytes, found, 0, bytes.length).pieces).toString()
}

function scan(
  matcher: MultiPatternMatcher,
  bytes: Uint8Array,
  { place }: Pick<Reading, 'place'> = SELF,
): Range[] {
  const found: Range[] = []
  matcher.scan(bytes, (start, end) => found.push([place(start), place(end - 1) + 1]))
  return found
}

const SELF = { place: (index: number) => index }

/** All that is found in a text and in its readings; and where the first tail begins that may still become a secret. */
function look(
  matcher: MultiPatternMatcher,
  bytes: Uint8Array,
  isPiece = false,
): { found: Range[]; openTail: number } {
  const found = scan(matcher, bytes)
  let openTail = matcher.openTail(bytes)
  for (const reading of readingsOf(bytes, isPiece)) {
    found.push(...scan(matcher, reading.bytes, reading))
    const tail = matcher.openTail(reading.bytes)
    const at = tail < reading.bytes.length ? reading.place(tail) : bytes.length
    if (bytes.length - at <= MOST_HELD) openTail = Math.min(openTail, at)
  }
  return { found: merged(found), openTail }
}

function merged(ranges: Range[]): Range[] {
  ranges.sort(([one], [other]) => one - other)
  const all: [number, number][] = []
  for (const [start, end] of ranges) {
    const last = all.at(-1)
    if (last !== undefined && start < last[1]) last[1] = Math.max(last[1], end)
    else all.push([start, end])
  }
  return all
}

/** The bytes up to `holdFrom` with `***` for each range; `done` is where the last one ended, at least `from`. */
function replaced(bytes: Uint8Array, found: readonly Range[], from: number, holdFrom: number) {
  const pieces: Uint8Array[] = []
  let done = from
  for (const [start, end] of found) {
    if (start >= holdFrom) break
    if (start >= done) {
      if (start > done) pieces.push(bytes.subarray(done, start))
      pieces.push(STARS)
    }
    done = Math.max(done, end)
  }
  if (done < holdFrom) pieces.push(bytes.subarray(done, holdFrom))
  return { pieces, done }
}

function redactingStream(matcher: MultiPatternMatcher): RedactingStream {
  let held: Uint8Array = NOTHING
  // How many bytes at the start of `held` the last `***` has replaced already.
  let covered = 0

  function redact(bytes: Uint8Array, found: readonly Range[], holdFrom: number): Uint8Array {
    const { pieces, done } = replaced(bytes, found, covered, holdFrom)
    // A copy (`slice` of a Buffer is none): the caller may use the chunk's memory again.
    held = holdFrom < bytes.length ? Uint8Array.from(bytes.subarray(holdFrom)) : NOTHING
    covered = Math.max(0, done - holdFrom)
    const [only] = pieces
    if (only === undefined) return NOTHING
    return pieces.length === 1 ? only : Buffer.concat(pieces)
  }

  return {
    push(chunk) {
      const bytes = held.length === 0 ? chunk : Buffer.concat([held, chunk])
      const { found, openTail } = look(matcher, bytes, true)
      return redact(bytes, found, openTail)
    },
    end: () => {
      const rest = redact(held, look(matcher, held).found, held.length)
      covered = 0
      return rest
    },
  }
}
