import { expect, test } from 'vitest'
import { missing } from './install.ts'
import { runnerOfSuite, suiteName } from './runners.ts'
import { type RunnerRun, ranNothing, renderRunner } from './runners-reporter.ts'

const ready = { kind: 'ready', path: '/opt/act', version: '0.2.89' } as const
const gone = missing('there is no go on this machine')

test.for<[string, RunnerRun, string]>([
  ['a runner that ran', { name: 'act', state: ready, testsRun: 3 }, 'act 0.2.89: ran 3 tests'],
  ['a runner that ran one test', { name: 'act', state: ready, testsRun: 1 }, 'act 0.2.89: ran 1 test'],
  ['a runner without tests', { name: 'act', state: ready, testsRun: 0 }, 'act 0.2.89: no tests yet'],
  [
    'a runner that is missing',
    { name: 'act', state: gone, testsRun: 0 },
    'act: could not run: there is no go on this machine',
  ],
])('%s has a line of its own', ([, run, line]) => {
  expect(renderRunner(run)).toBe(line)
})

test('a run in which one runner ran a test has proven something', () => {
  expect(ranNothing([{ name: 'act', state: ready, testsRun: 0 }])).toBe(true)
  expect(ranNothing([{ name: 'bats', state: ready, testsRun: 1 }])).toBe(false)
})

test('the name of a suite says why it is skipped, and whose it is', () => {
  const name = suiteName('act', 'the examples', gone)
  expect(name).toBe('act: the examples (could not run: there is no go on this machine)')
  expect(runnerOfSuite(name)).toBe('act')
})

test('names that begin alike are told apart', () => {
  expect(runnerOfSuite('buildkite-agent-v4: cancels')).toBe('buildkite-agent-v4')
  expect(runnerOfSuite('actionlint: workflows')).toBe('actionlint')
  expect(runnerOfSuite('something else')).toBeUndefined()
})
