import { describe, expect, it } from 'vitest'
import { commandGrace, graceOf, reportGrace, windDownOf } from './grace-period.ts'

describe('the grace period', () => {
  it.each([
    ['nothing known', {}, 10_000],
    ['v3', { BUILDKITE_CANCEL_GRACE_PERIOD: '30' }, 30_000],
    [
      'v3, with the time of the signal',
      { BUILDKITE_CANCEL_GRACE_PERIOD: '30', BUILDKITE_SIGNAL_GRACE_PERIOD_SECONDS: '20' },
      20_000,
    ],
    [
      'v3, with the time counted from the end',
      { BUILDKITE_CANCEL_GRACE_PERIOD: '30', BUILDKITE_SIGNAL_GRACE_PERIOD_SECONDS: '-1' },
      29_000,
    ],
    ['v4', { BUILDKITE_CANCEL_SIGNAL_TIMEOUT: '10s', BUILDKITE_CANCEL_CLEANUP_TIMEOUT: '5s' }, 10_000],
    ['v4, in minutes', { BUILDKITE_CANCEL_SIGNAL_TIMEOUT: '1m30s' }, 90_000],
    [
      'v4 beside what is left of v3',
      { BUILDKITE_CANCEL_SIGNAL_TIMEOUT: '4s', BUILDKITE_CANCEL_GRACE_PERIOD: '60' },
      4_000,
    ],
    [
      'something odd',
      { BUILDKITE_CANCEL_GRACE_PERIOD: 'long', BUILDKITE_CANCEL_SIGNAL_TIMEOUT: 'never' },
      10_000,
    ],
  ])('of %s', (_, env, grace) => {
    expect(graceOf(env)).toBe(grace)
  })

  it.each([10_000, 20_000, 60_000])('leaves time for everything in half of %i ms', (grace) => {
    const env = { BUILDKITE_CANCEL_GRACE_PERIOD: String(grace / 1000) }
    const { cancelGrace } = windDownOf(env)
    const closing = 2_000
    expect(cancelGrace + reportGrace(env, cancelGrace) + closing).toBeLessThanOrEqual(grace / 2)
  })

  it.each([
    ['the default', {}, 9_500],
    ['a long one', { BUILDKITE_CANCEL_GRACE_PERIOD: '60' }, 59_500],
    ['a very short one', { BUILDKITE_CANCEL_SIGNAL_TIMEOUT: '800ms' }, 400],
    ['one of a second', { BUILDKITE_CANCEL_GRACE_PERIOD: '1' }, 500],
  ])("is nearly all for the step's own command: %s", (_, env, grace) => {
    expect(commandGrace(env)).toBe(grace)
  })

  it('always leaves a moment for the reports', () => {
    expect(reportGrace({}, 60_000)).toBe(500)
  })
})
