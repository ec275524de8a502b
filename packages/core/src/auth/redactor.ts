import { MultiPatternMatcher } from './matcher.ts'
import { secretForms } from './secret-forms.ts'

/** What stands in place of a secret. */
export const REDACTED = '***'

/** Replaces secrets in every form of `secretForms` by `***`; forms that overlap become one `***`. */
export interface Redactor {
  text(text: string): string
  stream(): RedactingStream
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
  const forms = new Set(secrets.flatMap(secretForms))
  if (forms.size === 0) return { text: (text) => text, stream: passThrough }
  const matcher = new MultiPatternMatcher([...forms].map((form) => Buffer.from(form)))
  return {
    text: (text) => redactText(matcher, text),
    stream: () => redactingStream(matcher),
  }
}

/** Whether a text holds a secret of the redactor, in any form. */
export function holdsSecret(redactor: Redactor, text: string): boolean {
  return redactor.text(text) !== text
}

const NOTHING = new Uint8Array(0)
const STARS = Buffer.from(REDACTED)

function passThrough(): RedactingStream {
  return { push: (chunk) => chunk, end: () => NOTHING }
}

function redactText(matcher: MultiPatternMatcher, text: string): string {
  const bytes = Buffer.from(text)
  let found = false
  matcher.scan(bytes, () => {
    found = true
  })
  // The text itself: half surrogates would not survive the way through bytes.
  if (!found) return text
  const stream = redactingStream(matcher)
  return Buffer.concat([stream.push(bytes), stream.end()]).toString()
}

function redactingStream(matcher: MultiPatternMatcher): RedactingStream {
  let held: Uint8Array = NOTHING
  // How many bytes at the start of `held` the last `***` has replaced already.
  let replaced = 0

  function redact(bytes: Uint8Array, holdFrom: number): Uint8Array {
    const pieces: Uint8Array[] = []
    let done = replaced
    matcher.scan(bytes, (start, end) => {
      if (start >= holdFrom) return
      if (start >= done) {
        if (start > done) pieces.push(bytes.subarray(done, start))
        pieces.push(STARS)
      }
      done = Math.max(done, end)
    })
    if (done < holdFrom) pieces.push(bytes.subarray(done, holdFrom))
    // A copy (`slice` of a Buffer is none): the caller may use the chunk's memory again.
    held = holdFrom < bytes.length ? Uint8Array.from(bytes.subarray(holdFrom)) : NOTHING
    replaced = Math.max(0, done - holdFrom)
    const [only] = pieces
    if (only === undefined) return NOTHING
    return pieces.length === 1 ? only : Buffer.concat(pieces)
  }

  return {
    push(chunk) {
      const bytes = held.length === 0 ? chunk : Buffer.concat([held, chunk])
      return redact(bytes, matcher.openTail(bytes))
    },
    end: () => {
      const rest = redact(held, held.length)
      replaced = 0
      return rest
    },
  }
}
