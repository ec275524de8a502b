import { describe } from 'vitest'
import { type RunnerName, readState, suiteName } from './runners.ts'

/** The absolute path of a runner, or undefined where there is none; for suites that `describeRunner` does not fit. */
export function runnerPath(name: RunnerName): string | undefined {
  const state = readState(name)
  return state.kind === 'ready' ? state.path : undefined
}

/**
 * A suite of tests that drive a real runner. Where the runner is missing they are skipped,
 * and the suite's name says why. `define` gets the runner's absolute path, which is empty in a skipped suite.
 */
export function describeRunner(name: RunnerName, title: string, define: (path: string) => void): void {
  const state = readState(name)
  describe.skipIf(state.kind === 'missing')(suiteName(name, title, state), () =>
    define(runnerPath(name) ?? ''),
  )
}
