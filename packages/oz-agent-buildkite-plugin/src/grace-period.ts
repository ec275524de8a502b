import { type Environment, type Milliseconds, parseDuration, type WindDown } from '@oz-agent/core'

/** What the hook needs to end after the command. */
const ENDING: Milliseconds = 500
const DEFAULT_GRACE: Milliseconds = 10_000
/** At our own deadline there is more time, because the Buildkite agent does not wait to kill us. */
const DEADLINE_GRACE: Milliseconds = 30_000

/**
 * The time between the Buildkite agent's SIGTERM and its SIGKILL. v3 kills one second before
 * `BUILDKITE_CANCEL_GRACE_PERIOD` (seconds) unless `BUILDKITE_SIGNAL_GRACE_PERIOD_SECONDS` says otherwise;
 * v4 at `BUILDKITE_CANCEL_SIGNAL_TIMEOUT` (a duration). https://buildkite.com/docs/agent/configuration
 */
export function graceOf(env: Environment): Milliseconds {
  const v4 = parseDuration(env.BUILDKITE_CANCEL_SIGNAL_TIMEOUT ?? '')
  if (v4 !== undefined && v4 > 0) return v4
  const grace = seconds(env.BUILDKITE_CANCEL_GRACE_PERIOD) ?? DEFAULT_GRACE
  const signal = seconds(env.BUILDKITE_SIGNAL_GRACE_PERIOD_SECONDS)
  return signal === undefined ? grace : signal < 0 ? grace + signal : signal
}

/**
 * From the signal to the kill of the step's own command: what it has without this plugin, less a moment in which we
 * end. No report is written then, as no agent was called.
 */
export function commandGrace(env: Environment): Milliseconds {
  const grace = graceOf(env)
  return Math.max(grace - ENDING, grace / 2)
}

/** The Oz agent gets a fifth of the grace period to end by itself. */
export function windDownOf(env: Environment): WindDown {
  return { cancelGrace: Math.round(graceOf(env) / 5), deadlineGrace: DEADLINE_GRACE }
}

/** The longest that closing the run takes, after the reports. */
const CLOSING: Milliseconds = 2_000
const LEAST: Milliseconds = 500

/**
 * The time for the reports of a cancelled step, which are written side by side. With it the step ends within half of
 * the grace period.
 * @param sinceSignal the time since the Buildkite agent's signal.
 */
export function reportGrace(env: Environment, sinceSignal: Milliseconds): Milliseconds {
  return Math.max(LEAST, Math.round(graceOf(env) / 2 - sinceSignal - CLOSING))
}

function seconds(text: string | undefined): Milliseconds | undefined {
  return text !== undefined && /^-?\d+$/.test(text.trim()) ? Number(text) * 1000 : undefined
}
