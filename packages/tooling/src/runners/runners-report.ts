import type { RunnerName, RunnerState } from './runner.ts'

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
