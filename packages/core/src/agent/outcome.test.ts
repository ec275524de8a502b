import { describe, expect, test } from 'vitest'
import { isGreen, OUTCOME_NAMES, type OutcomeName } from '../contract/outcomes.ts'
import type { ExitStatus, StopSignal } from '../ports.ts'
import type { StopReason } from '../process/stop.ts'
import { cancelledBy, decideOutcome, type Ending } from './outcome.ts'

const MINUTE = 60_000

const ending = (part: Partial<Ending>): Ending => ({
  exit: { kind: 'code', code: 0 },
  said: true,
  allowEmpty: false,
  tail: '',
  limits: { timeout: 30 * MINUTE, startupTimeout: 5 * MINUTE },
  ...part,
})
const code = (code: number): ExitStatus => ({ kind: 'code', code })
const by = (signal: NodeJS.Signals): ExitStatus => ({ kind: 'signal', signal })
const cancelled = (signal: StopSignal): StopReason => ({ kind: 'cancelled', signal })
const deadline: StopReason = { kind: 'deadline' }
const startup: StopReason = { kind: 'startup-timeout' }
const state = (state: string) => ({ cloud: { kind: 'state', state } as const })

type Row = [name: string, ending: Partial<Ending>, outcome: OutcomeName, exitCode: number, reason?: RegExp]

const rows: Row[] = [
  ['ends with 0 and spoke', {}, 'succeeded', 0],
  ['ends with 0 and said nothing', { said: false }, 'no-output', 3, /said nothing/],
  ['may say nothing', { said: false, allowEmpty: true }, 'succeeded', 0, /allowed/],
  ['spoke, though it need not', { allowEmpty: true }, 'succeeded', 0],
  [
    'ends with 0 while its log tells of a 429',
    { tail: 'HTTP 429 Too Many Requests, retrying' },
    'succeeded',
    0,
  ],

  [
    'told to stop by SIGINT, returns 0',
    { stop: cancelled('SIGINT') },
    'cancelled',
    130,
    /SIGINT.*returned 0/,
  ],
  [
    'told to stop by SIGTERM, returns 0',
    { stop: cancelled('SIGTERM') },
    'cancelled',
    143,
    /SIGTERM.*returned 0/,
  ],
  ['told to stop by SIGINT, returns 1', { stop: cancelled('SIGINT'), exit: code(1) }, 'cancelled', 130],
  ['told to stop by SIGTERM, returns 143', { stop: cancelled('SIGTERM'), exit: code(143) }, 'cancelled', 143],
  [
    'told to stop, ignores it and is killed',
    { stop: cancelled('SIGTERM'), exit: by('SIGKILL') },
    'cancelled',
    143,
    /SIGKILL/,
  ],
  ['told to stop before it spoke', { stop: cancelled('SIGINT'), said: false }, 'cancelled', 130],
  [
    'told to stop, though silence is allowed',
    { stop: cancelled('SIGINT'), said: false, allowEmpty: true },
    'cancelled',
    130,
  ],
  [
    'told to stop while it printed that the key is invalid',
    { stop: cancelled('SIGINT'), exit: code(1), tail: 'API key is invalid' },
    'cancelled',
    130,
  ],
  [
    'told to stop while waiting for the cloud',
    { stop: cancelled('SIGTERM'), ...state('SUCCEEDED') },
    'cancelled',
    143,
  ],

  ['out of time, returns 0', { stop: deadline }, 'timed-out', 124, /30m/],
  ['out of time, returns 0 and said nothing', { stop: deadline, said: false }, 'timed-out', 124],
  ['out of time, returns 1', { stop: deadline, exit: code(1) }, 'timed-out', 124],
  ['out of time, killed', { stop: deadline, exit: by('SIGKILL') }, 'timed-out', 124, /SIGKILL/],
  ['out of time, silence allowed', { stop: deadline, said: false, allowEmpty: true }, 'timed-out', 124],
  [
    'out of time while waiting for the cloud',
    { stop: deadline, ...state('INPROGRESS') },
    'timed-out',
    124,
    /not awaited any longer/,
  ],
  [
    'printed something that was no message',
    { said: false, tail: 'Done.' },
    'no-output',
    3,
    /no message of the agent/,
  ],

  [
    'hangs at start, then returns 0',
    { stop: startup, said: false },
    'temporary',
    75,
    /no sign of life within 5m/,
  ],
  ['hangs at start, then is killed', { stop: startup, said: false, exit: by('SIGKILL') }, 'temporary', 75],

  ['crashes by SIGSEGV', { exit: by('SIGSEGV') }, 'agent-failed', 1, /SIGSEGV/],
  ['crashes by SIGABRT after it spoke', { exit: by('SIGABRT') }, 'agent-failed', 1, /SIGABRT/],
  ['crashes by SIGBUS and said nothing', { exit: by('SIGBUS'), said: false }, 'agent-failed', 1, /SIGBUS/],
  ['killed by somebody else', { exit: by('SIGKILL') }, 'agent-failed', 1, /SIGKILL, which we did not send/],
  ['ended by a SIGTERM that was not ours', { exit: by('SIGTERM') }, 'agent-failed', 1, /SIGTERM/],
  [
    'ended by a SIGPIPE, silence allowed',
    { exit: by('SIGPIPE'), said: false, allowEmpty: true },
    'agent-failed',
    1,
    /SIGPIPE/,
  ],

  ['fails with 1', { exit: code(1) }, 'agent-failed', 1, /status 1/],
  ['fails with 1 and said nothing', { exit: code(1), said: false }, 'agent-failed', 1],
  ['fails with 1, silence allowed', { exit: code(1), said: false, allowEmpty: true }, 'agent-failed', 1],
  ['fails with 42', { exit: code(42) }, 'agent-failed', 1, /status 42/],
  ['fails with 255', { exit: code(255) }, 'agent-failed', 1, /status 255/],
  [
    'refuses its arguments',
    { exit: code(2), tail: "error: unexpected argument '--x' found" },
    'agent-failed',
    1,
    /arguments/,
  ],
  ['returns 143 by itself', { exit: code(143) }, 'agent-failed', 1, /status 143/],
  ['is not executable', { exit: code(126) }, 'unavailable', 69, /126/],
  [
    'misses a library',
    { exit: code(127), tail: 'error while loading shared libraries: libz.so.1' },
    'unavailable',
    69,
  ],
  [
    'misses a library, status 1',
    { exit: code(1), tail: "version `GLIBC_2.38' not found" },
    'unavailable',
    69,
  ],

  [
    'has an invalid key',
    { exit: code(1), tail: 'API key is invalid\n=> 401' },
    'not-permitted',
    77,
    /refused the API key/,
  ],
  ['has an expired key', { exit: code(1), tail: 'The API key has expired' }, 'not-permitted', 77],
  ['has no credits', { exit: code(1), tail: 'insufficient_credits' }, 'not-permitted', 77, /credits/],
  ['has no budget', { exit: code(1), tail: 'error: budget-exceeded' }, 'not-permitted', 77, /budget/],
  ['breaks a policy', { exit: code(1), tail: 'content-policy-violation' }, 'not-permitted', 77, /policy/],
  ['may not use a feature', { exit: code(1), tail: 'feature-not-available' }, 'not-permitted', 77],
  [
    'is limited in its rate',
    { exit: code(1), tail: 'request failed: 429 Too Many Requests' },
    'temporary',
    75,
    /429/,
  ],
  ['meets a 503', { exit: code(1), tail: 'server answered 503 Service Unavailable' }, 'temporary', 75, /5xx/],
  [
    'has its connection reset',
    { exit: code(1), tail: '=> Connection reset by peer (os error 104)' },
    'temporary',
    75,
    /network/,
  ],
  [
    'finds no name',
    { exit: code(1), tail: 'dns error: failed to lookup address information' },
    'temporary',
    75,
  ],

  ['cloud run succeeded', { said: false, ...state('SUCCEEDED') }, 'succeeded', 0],
  ['cloud run failed', state('FAILED'), 'agent-failed', 1, /FAILED/],
  ['cloud run ended in an error', state('ERROR'), 'agent-failed', 1, /ERROR/],
  [
    'cloud run ended for want of credits',
    { ...state('ERROR'), tail: 'insufficient_credits' },
    'not-permitted',
    77,
    /ERROR.*credits/,
  ],
  ['cloud run waits for a person', state('BLOCKED'), 'blocked', 4],
  ['cloud run was cancelled by someone', state('CANCELLED'), 'cancelled', 130, /someone/],
  ['cloud run ended in a state that came later', state('PAUSED'), 'agent-failed', 1, /PAUSED/],
  ['cloud run is not awaited', { said: false, cloud: { kind: 'not-awaited' } }, 'succeeded', 0, /dispatched/],
  ['cloud run could not be dispatched', { exit: code(1), ...state('QUEUED') }, 'agent-failed', 1],
]

describe('decideOutcome: an agent that', () => {
  test('the table has at least 40 rows, each with a name of its own', () => {
    expect(new Set(rows.map(([name]) => name)).size).toBe(rows.length)
    expect(rows.length).toBeGreaterThanOrEqual(40)
  })

  test.each(rows)('%s', (_name, part, outcome, exitCode, reason) => {
    const decision = decideOutcome(ending(part))
    expect(decision).toMatchObject({ outcome, exitCode })
    if (reason !== undefined) expect(decision.reason).toMatch(reason)
  })

  test('whatever we told to stop is never green', () => {
    for (const stop of [cancelled('SIGINT'), cancelled('SIGTERM'), deadline, startup]) {
      for (const exit of [code(0), code(1), by('SIGKILL')]) {
        for (const said of [true, false]) {
          expect(isGreen(decideOutcome(ending({ stop, exit, said, allowEmpty: true })).outcome)).toBe(false)
        }
      }
    }
  })

  test('0 stands for green outcomes only', () => {
    for (const [, part] of rows) {
      const { outcome, exitCode } = decideOutcome(ending(part))
      expect(exitCode === 0).toBe(isGreen(outcome))
      expect(OUTCOME_NAMES).toContain(outcome)
    }
  })

  test('a job that the CI ended has the code of the signal', () => {
    expect([cancelledBy('SIGINT').exitCode, cancelledBy('SIGTERM').exitCode]).toEqual([130, 143])
    expect(cancelledBy('SIGHUP')).toMatchObject({ exitCode: 143, reason: 'the CI ended the job (SIGHUP)' })
  })

  test('a run that a person ended says so', () => {
    expect(cancelledBy('SIGINT', 'you').reason).toBe('you ended it (SIGINT)')
    const stop: StopReason = { kind: 'cancelled', signal: 'SIGINT', by: 'you' }
    expect(decideOutcome(ending({ stop })).reason).toMatch(
      /^you ended it \(SIGINT\); the agent was told to stop/,
    )
  })
})
