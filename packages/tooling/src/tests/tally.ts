/** How many tests a run had, by their end. */
export interface Tally {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** The plain line that a run ends with, read by `.ci/run`. */
export function renderTally({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}
