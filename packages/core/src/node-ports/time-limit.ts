/** A timer that can be started again and again. */
export interface TimeLimit {
  start(): void
  stop(): void
}

/** Calls back when `stop` does not come in time after `start`. */
export function createLimit(milliseconds: number, onPassed: () => void): TimeLimit {
  let timer: NodeJS.Timeout | undefined
  const stop = () => {
    clearTimeout(timer)
    timer = undefined
  }
  return {
    start() {
      stop()
      timer = setTimeout(onPassed, milliseconds)
    },
    stop,
  }
}
