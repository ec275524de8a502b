/** One pipe on its way to whoever takes its bytes. */
export interface Pump {
  /** Resolves when the pipe has ended and all was taken; rejects when taking failed. */
  readonly done: Promise<void>
  /** Whether a chunk is being taken right now: then it is not the pipe that we wait for. */
  busy(): boolean
  /** Bytes so far. */
  bytes(): number
}

/** Hands on each chunk as it comes, the next one when the last was taken. */
export function pump(
  source: AsyncIterable<Uint8Array>,
  take: (chunk: Uint8Array) => Promise<void> | void,
): Pump {
  let busy = false
  let bytes = 0
  const run = async (): Promise<void> => {
    for await (const chunk of source) {
      bytes += chunk.length
      busy = true
      const taken = take(chunk)
      if (taken !== undefined) await taken
      busy = false
    }
  }
  return { done: run(), busy: () => busy, bytes: () => bytes }
}
