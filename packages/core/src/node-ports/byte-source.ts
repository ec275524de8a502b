import type { Readable } from 'node:stream'

/** The bytes of one pipe; may be read once. */
export interface ByteSource extends AsyncIterable<Uint8Array> {
  /** Ends the reading at once, whoever still holds the other end. */
  release(): void
}

/**
 * Reads a pipe only as fast as its bytes are taken.
 *
 * It holds the pipe from the first moment: Node throws away what an ended process left in a pipe
 * that has no reader yet (https://nodejs.org/api/child_process.html#event-exit).
 */
export function createByteSource(pipe: Readable): ByteSource {
  let ended = false
  let wake: (() => void) | undefined
  const changed = (): void => wake?.()
  const end = (): void => {
    ended = true
    changed()
  }
  pipe.on('readable', changed)
  pipe.once('end', end)
  pipe.once('close', end)
  // A pipe that breaks has said all that it will ever say.
  pipe.on('error', end)

  async function* bytes(): AsyncGenerator<Uint8Array, void, void> {
    while (true) {
      const chunk: Uint8Array | null = pipe.destroyed ? null : pipe.read()
      if (chunk !== null) {
        yield chunk
        continue
      }
      if (ended) return
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }

  return {
    [Symbol.asyncIterator]: bytes,
    release() {
      pipe.destroy()
      end()
    },
  }
}
