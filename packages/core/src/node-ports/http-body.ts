import type { ClientRequest, IncomingMessage } from 'node:http'
import { toHttpError } from './http-failure.ts'
import type { TimeLimit } from './time-limit.ts'

/** The bytes of an answer. The limit runs only while we wait for bytes: a slow reader is no stall. */
export async function* readBody(
  message: IncomingMessage,
  call: ClientRequest,
  stalling: TimeLimit,
  peer: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const chunks: AsyncIterator<Uint8Array> = message[Symbol.asyncIterator]()
  try {
    for (;;) {
      stalling.start()
      const next = await chunks.next()
      stalling.stop()
      if (next.done) return
      yield next.value
    }
  } catch (error) {
    throw toHttpError(error, peer)
  } finally {
    stalling.stop()
    call.destroy()
  }
}
