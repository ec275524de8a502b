import { NeedleIndex } from './needle-index.ts'
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
  const index = new NeedleIndex([...forms].map((form) => Buffer.from(form)))
  return {
    text: (text) => redactText(index, text),
    stream: () => redactingStream(index),
  }
}

const NOTHING = new Uint8Array(0)
const STARS = Buffer.from(REDACTED)

function passThrough(): RedactingStream {
  return { push: (chunk) => chunk, end: () => NOTHING }
}

function redactText(index: NeedleIndex, text: string): string {
  const bytes = Buffer.from(text)
  const stream = redactingStream(index)
  const head = stream.push(bytes)
  const tail = stream.end()
  if (head.length + tail.length === bytes.length && sameBytes(head, tail, bytes)) return text
  return Buffer.concat([head, tail]).toString()
}

function sameBytes(head: Uint8Array, tail: Uint8Array, whole: Buffer): boolean {
  return (
    whole.compare(head, 0, head.length, 0, head.length) === 0 &&
    whole.compare(tail, 0, tail.length, head.length) === 0
  )
}

function redactingStream(index: NeedleIndex): RedactingStream {
  let held: Uint8Array = NOTHING
  // How many bytes at the start of `held` the last `***` has replaced already.
  let replaced = 0

  function redact(bytes: Uint8Array, holdFrom: number): Uint8Array {
    const pieces: Uint8Array[] = []
    let done = replaced
    index.scan(bytes, (start, end) => {
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
      return redact(bytes, index.openTail(bytes))
    },
    end: () => {
      const rest = redact(held, held.length)
      replaced = 0
      return rest
    },
  }
}
