import type { Reporter, SerializedError, TestCase, TestModule } from 'vitest/node'
import { TallyReporter } from '../tests/tally-reporter.ts'
import { readState } from './manifest.ts'
import { RUNNER_NAMES, type RunnerName } from './runner.ts'
import { ranNothing, renderRunner } from './runners-report.ts'
import { runnerOfSuite } from './suite-name.ts'

/** Ends the runners' tests with one line a runner, and fails a CI run that ran none of them. */
export class RunnersReporter implements Reporter {
  readonly #tally = new TallyReporter()
  readonly #inCi: boolean

  constructor(inCi: boolean) {
    this.#inCi = inCi
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const ran = Map.groupBy(tests.filter(hasRun), runnerOf)
    const runs = RUNNER_NAMES.map((name) => ({
      name,
      state: readState(name),
      testsRun: ran.get(name)?.length ?? 0,
    }))
    for (const run of runs) process.stdout.write(`${renderRunner(run)}\n`)
    if (this.#inCi && ranNothing(runs)) {
      process.stderr.write('Not one test of a real runner ran: in CI that is a failure.\n')
      process.exitCode = 1
    }
    this.#tally.onTestRunEnd(modules, errors)
  }
}

function hasRun(test: TestCase): boolean {
  return ['passed', 'failed'].includes(test.result().state)
}

function runnerOf(test: TestCase): RunnerName | undefined {
  return test.fullName
    .split(' > ')
    .map(runnerOfSuite)
    .find((name) => name !== undefined)
}
