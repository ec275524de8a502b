/** What other packages' runner tests may use. */
export { describeRunner, runnerPath } from './runners/in-tests.ts'
export type { RunnerName } from './runners/runner.ts'
