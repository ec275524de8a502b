import type { IncomingMessage } from 'node:http'
import { HttpError } from '../http/http-error.ts'
import { toHttpError } from './http-failure.ts'
import { createLimit } from './time-limit.ts'

export interface BodyTerms {
  /** The other end, for messages. */
  readonly peer: string
  readonly stallSeconds: number
  readonly signal: AbortSignal | undefined
}

/** The bytes of an answer. The stall limit runs only while we wait for bytes: a slow reader is no stall. */
export function readBody(message: IncomingMessage, terms: BodyTerms): AsyncIterableIterator<Uint8Array> {
  const chunks: AsyncIterator<Uint8Array> = message[Symbol.asyncIterator]()
  // An answer that is left unread may still break; that is nobody's concern.
  message.on('error', () => undefined)
  const stalling = createLimit(terms.stallSeconds * 1000, () => {
    message.destroy(new HttpError('stall', `${terms.peer} sent nothing for ${terms.stallSeconds} s.`))
  })
  return {
    [Symbol.asyncIterator]() {
      return this
    },
    async next() {
      stalling.start()
      try {
        const chunk = await chunks.next()
        return chunk.done ? { done: true, value: undefined } : chunk
      } catch (error) {
        if (!terms.signal?.aborted) throw toHttpError(error, terms.peer)
        throw new HttpError('aborted', `The request to ${terms.peer} was given up.`, { cause: error })
      } finally {
        stalling.stop()
      }
    },
    // A generator would not get here when nothing was read yet, and the connection would stay.
    async return() {
      message.destroy()
      return { done: true, value: undefined }
    },
  }
}
