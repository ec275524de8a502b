import type { Called } from '../agent/agent-commands.ts'

/**
 * Keeps one annotation up to date. Updates are sent one at a time; of several that wait only the newest is sent,
 * so that an early one that takes long cannot replace the last.
 */
export interface Annotator {
  /**
   * Resolves when this update, or a newer one in its place, was sent.
   * @param patience resolves when an update that is still under way need not be waited for any longer.
   */
  update(send: () => Promise<Called>, patience?: Promise<void>): Promise<Called>
}

export function createAnnotator(): Annotator {
  let running: Promise<unknown> | undefined
  let newest: (() => Promise<Called>) | undefined
  let next: Promise<Called> | undefined

  const start = (send: () => Promise<Called>): Promise<Called> => {
    const sending = send().finally(() => {
      if (running === sending) running = undefined
    })
    running = sending
    return sending
  }
  const afterRunning = (patience: Promise<void> | undefined, send: () => Promise<Called>) =>
    Promise.race([running, ...(patience === undefined ? [] : [patience])]).then(() => {
      next = undefined
      return start(newest ?? send)
    })

  return {
    update(send, patience) {
      if (running === undefined) return start(send)
      newest = send
      if (next === undefined || patience !== undefined) next = afterRunning(patience, send)
      return next
    },
  }
}
