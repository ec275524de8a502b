import { RUNNER_NAMES, type RunnerName, type RunnerState } from './runner.ts'

/** The name of a runner's suite, from which a report tells whose tests it holds. */
export function suiteName(name: RunnerName, title: string, state: RunnerState): string {
  return state.kind === 'ready' ? `${name}: ${title}` : `${name}: ${title} (could not run: ${state.reason})`
}

/** The runner that a suite's name belongs to, if any. */
export function runnerOfSuite(suite: string): RunnerName | undefined {
  return RUNNER_NAMES.find((name) => suite.startsWith(`${name}: `))
}
