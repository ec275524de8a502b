/** How a run ends, other than by coming to the end of its steps. */
export type Ending =
  | { readonly kind: 'exit'; readonly code: number }
  | { readonly kind: 'signal'; readonly signal: NodeJS.Signals }
  | {
      readonly kind: 'fatal'
      readonly message: string
      readonly causes: readonly string[]
      readonly code: number
    }

/** Thrown by a step to end the run there. */
export class RunEnded extends Error {
  readonly ending: Ending
  constructor(ending: Ending) {
    super('the run ended')
    this.ending = ending
  }
}

/** A fatal error, as the real CLI reports one: message, causes, pointer to the log file, exit 1. */
export const fatal = (message: string, causes: readonly string[] = [], code = 1): RunEnded =>
  new RunEnded({ kind: 'fatal', message, causes, code })
