import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { isAlive } from '../support/is-alive.ts'
import type { JobEnd } from '../support/job.ts'
import { annotations, type NamedJob, outcomeOf, ozCalls } from '../support/named-job.ts'

/** Half of the agent's default grace period. */
const HALF_GRACE_MS = 5_000

function checkCancelled(end: JobEnd): void {
  expect(end.status).not.toBe(0)
  expect(end.status).not.toBe(125)
  expect(end.cancelledFor).toBeLessThan(HALF_GRACE_MS)
  expect(outcomeOf(end)).toBe('cancelled')
  expect(annotations(end).at(-1)).toMatchObject({
    style: 'warning',
    body: expect.stringContaining('cancelled'),
  })
  expect(ozCalls(end, 'report-shutdown')).toHaveLength(1)
}

/** Jobs that are cancelled (SIGTERM to the job) or whose hook is killed. */
export const cancelJobs: readonly NamedJob[] = [
  {
    name: 'cancelled: an agent that winds down and exits 0',
    oz: 'sigterm-exit-0',
    cancelAt: 'I am on it.',
    check: checkCancelled,
  },
  {
    name: 'cancelled: an agent that ignores it',
    oz: 'ignore-sigterm',
    cancelAt: 'I am on it.',
    check: checkCancelled,
  },
  {
    name: 'cancelled: an agent with a detached grandchild that holds the terminal and ignores it',
    oz: {
      on_sigterm: 'exit-0',
      steps: [
        {
          spawn: {
            detached: true,
            holds_stdout: true,
            ignores_sigterm: true,
            for: '5m',
            pid_file: 'grandchild.pid',
          },
        },
        { message: 'I am on it.' },
        { hang: {} },
      ],
    },
    cancelAt: 'I am on it.',
    check(end) {
      checkCancelled(end)
      const pid = Number(readFileSync(join(end.checkout, 'grandchild.pid'), 'utf8'))
      expect(isAlive(pid)).toBe(false)
    },
  },
  {
    name: 'cancelled while no command of the Buildkite agent answers',
    oz: 'sigterm-exit-0',
    cancelAt: 'I am on it.',
    agent: { annotate: 'hang', 'meta-data set': 'hang', 'artifact upload': 'hang', 'step update': 'hang' },
    uses: [{ prompt: 'x', 'label-suffix': true }],
    check(end) {
      expect(end.cancelledFor).toBeLessThan(HALF_GRACE_MS)
      expect(ozCalls(end, 'report-shutdown')).toHaveLength(1)
      expect(end.calls.filter(({ pid }) => pid !== undefined && isAlive(pid))).toEqual([])
    },
  },
  {
    name: "cancelled during the step's own command: no agent is called",
    uses: [{ mode: 'on-failure' }],
    command: "trap 'echo stopped; exit 3' TERM; echo started; sleep 60 & wait",
    cancelAt: 'started',
    check(end) {
      expect(end.cancelledFor).toBeLessThan(HALF_GRACE_MS)
      expect(end.status).not.toBe(0)
      expect(end.ozCalls).toEqual([])
      expect(end.log).toContain('stopped')
    },
  },
  {
    name: "cancelled: the step's own command has more than half of the grace period, as without the plugin",
    uses: [{ mode: 'on-failure' }],
    command:
      'trap \'sleep 6; echo "stopped $((40 + 2))"; exit 3\' TERM; echo "started $((40 + 1))"; sleep 60 & wait',
    // No text of the command itself, which is shown before it runs.
    cancelAt: 'started 41',
    check(end) {
      expect(end.status).not.toBe(0)
      expect(end.log).toContain('stopped 42')
      expect(end.ozCalls).toEqual([])
    },
  },
  {
    name: 'cancelled while a Buildkite secret is fetched',
    uses: [{ prompt: 'x', 'warp-api-key': 'MY_KEY' }],
    agent: { 'secret get': 'hang' },
    cancelAtCall: 'secret get',
    check(end) {
      expect(end.status).not.toBe(0)
      expect(end.cancelledFor).toBeLessThan(HALF_GRACE_MS)
      expect(end.ozCalls).toEqual([])
    },
  },
  {
    name: 'cancelled while the artifacts of a run that ended are uploaded',
    agent: { 'artifact upload': 'hang' },
    oz: { steps: [{ message: 'All done.' }] },
    cancelAtCall: 'artifact upload',
    check(end) {
      expect(end.cancelledFor).toBeLessThan(HALF_GRACE_MS)
      expect(ozCalls(end, 'report-shutdown')).toHaveLength(1)
      expect(annotations(end).at(-1)?.body).toContain('All done.')
    },
  },
  {
    name: "cancelled during the agent's repair: the run is closed, the command is not run again",
    uses: [{ mode: 'on-failure', 'rerun-after-fix': true }],
    command: 'echo "the command runs"; exit 3',
    oz: 'sigterm-exit-0',
    cancelAt: 'I am on it.',
    check(end) {
      checkCancelled(end)
      expect(end.log.split('\n').filter((line) => line.trim() === 'the command runs')).toHaveLength(1)
    },
  },
  {
    name: 'cancelled while the command runs again',
    uses: [{ mode: 'on-failure', 'rerun-after-fix': true }],
    command: 'if test -e repaired; then echo "waiting $((40 + 2))"; sleep 60; fi; exit 3',
    oz: { steps: [{ edit: { path: 'repaired', content: 'yes\n' } }, { message: 'Repaired.' }] },
    cancelAt: 'waiting 42',
    check(end) {
      expect(end.cancelledFor).toBeLessThan(HALF_GRACE_MS)
      expect(end.status).not.toBe(0)
      expect(outcomeOf(end)).toBe('succeeded')
    },
  },
  {
    name: 'cancelled where the grace period is shorter',
    env: { BUILDKITE_CANCEL_GRACE_PERIOD: '9' },
    oz: 'ignore-sigterm',
    cancelAt: 'I am on it.',
    check(end) {
      checkCancelled(end)
      expect(end.cancelledFor).toBeLessThan(4_500)
    },
  },
  {
    name: 'cancelled where the grace period is told as later agents tell it',
    env: { BUILDKITE_CANCEL_SIGNAL_TIMEOUT: '9s', BUILDKITE_CANCEL_CLEANUP_TIMEOUT: '5s' },
    oz: 'ignore-sigterm',
    cancelAt: 'I am on it.',
    check(end) {
      checkCancelled(end)
      expect(end.cancelledFor).toBeLessThan(4_500)
    },
  },
  {
    name: 'a hook that was killed: pre-exit ends the agent, closes the run once and reports',
    oz: { steps: [{ message: 'I am on it.' }, { wait: '1s' }, { message: 'Still busy.' }, { hang: {} }] },
    killHookAt: 'Still busy.',
    check(end) {
      expect(end.status).not.toBe(0)
      expect(ozCalls(end, 'report-shutdown')).toHaveLength(1)
      expect(outcomeOf(end)).toBe('cancelled')
      expect(annotations(end).at(-1)?.style).toBe('warning')
      for (const { pid, end: ended } of ozCalls(end, 'agent', 'run'))
        expect(ended !== undefined || !isAlive(pid)).toBe(true)
    },
  },
]
