import type { Reporter, SerializedError, TestCase, TestModule } from 'vitest/node'
import type { RunnerState } from './install.ts'
import { type RunnerName, readState, runnerNames, runnerOfSuite } from './runners.ts'
import { TallyReporter } from './tally-reporter.ts'

/** One runner after the tests: its state, and how many of its tests ran. */
export interface RunnerRun {
  readonly name: RunnerName
  readonly state: RunnerState
  readonly testsRun: number
}

/** One line a runner: what it ran, or why it could not. */
export function renderRunner({ name, state, testsRun }: RunnerRun): string {
  if (state.kind === 'missing') return `${name}: could not run: ${state.reason}`
  const count = testsRun === 0 ? 'no tests yet' : `ran ${testsRun} ${testsRun === 1 ? 'test' : 'tests'}`
  return `${name} ${state.version}: ${count}`
}

/** A run of the runners' tests that ran none has proven nothing. */
export function ranNothing(runs: readonly RunnerRun[]): boolean {
  return runs.every(({ testsRun }) => testsRun === 0)
}

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
    const runs = runnerNames.map((name) => ({
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
