import { once } from 'node:events'
import type { Writable } from 'node:stream'
import type { TextSink } from '../ports.ts'

/**
 * Writes to a stream of this process. A reader that went away (EPIPE) must not fail the step:
 * the agent's work goes on and the rest of the log is dropped.
 */
export function createTextSink(stream: Writable): TextSink {
  let closed = false
  const closing = new Promise<void>((resolve) => {
    const close = (): void => {
      closed = true
      resolve()
    }
    stream.once('close', close)
    stream.on('error', close)
  })
  return {
    write(text) {
      if (closed || stream.write(text)) return
      const drained = once(stream, 'drain').then(noop, noop)
      return Promise.race([drained, closing])
    },
  }
}

function noop(): void {}
