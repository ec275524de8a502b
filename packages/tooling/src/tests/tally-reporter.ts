import type { Reporter, SerializedError, TestModule } from 'vitest/node'
import { renderTally, type Tally } from './tally.ts'

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
