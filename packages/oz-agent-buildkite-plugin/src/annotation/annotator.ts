import type { Called } from '../agent/agent-commands.ts'

/**
 * Keeps one annotation up to date. Updates are sent one at a time; of several that wait only the newest is sent,
 * so that an early one that takes long can never replace the last.
 */
export interface Annotator {
  /** Resolves when this update, or one that replaced it, was sent. */
  update(send: () => Promise<Called>): Promise<Called>
}

export function createAnnotator(): Annotator {
  let running: Promise<Called> | undefined
  let waiting: (() => Promise<Called>) | undefined
  let next: Promise<Called> | undefined

  const start = (send: () => Promise<Called>): Promise<Called> => {
    running = send().finally(() => {
      running = undefined
    })
    return running
  }

  return {
    update(send) {
      if (running === undefined) return start(send)
      waiting = send
      next ??= running.then(() => {
        const newest = waiting ?? send
        waiting = undefined
        next = undefined
        return start(newest)
      })
      return next
    },
  }
}
