import type { Reporter, SerializedError, TestModule } from 'vitest/node'

/** How many tests a run had, by their end. */
interface Tally {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** The plain line that a run ends with, read by `.ci/run`. */
export function renderTally({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}

/** Ends a vitest run with its tally as one plain line; a file that does not load counts as a failed test. */
export class TallyReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    process.stdout.write(`${renderTally(tallyOf(modules, errors.length))}\n`)
  }
}

function tallyOf(modules: readonly TestModule[], strayErrors: number): Tally {
  const tests = modules.flatMap((module) => [...module.children.allTests()])
  const ended = (state: string) => tests.filter((test) => test.result().state === state).length
  const brokenSuites = modules
    .flatMap((module) => [module, ...module.children.allSuites()])
    .filter((suite) => suite.errors().length > 0).length
  // A test that never ended was cut off by a crash or a bail-out.
  const cutOff = ended('pending')
  return {
    passed: ended('passed'),
    failed: ended('failed') + brokenSuites + strayErrors + cutOff,
    skipped: ended('skipped'),
  }
}
