import { formatDuration, type Milliseconds } from '../contract/duration.ts'
import { type OutcomeName, outcomeNamed } from '../contract/outcomes.ts'
import type { ExitStatus, StopSignal } from '../ports.ts'
import type { StopReason } from '../process/stop.ts'
import { classifyFailure } from './failure.ts'

/** Where a cloud run stands: a state of the Oz API, or that nobody waited for it. */
export type CloudEnding =
  | { readonly kind: 'state'; readonly state: string }
  | { readonly kind: 'not-awaited' }

/** All that is known of how a run ended. */
export interface Ending {
  readonly exit: ExitStatus
  /** Why we told it to stop; absent when it ended by itself. */
  readonly stop?: StopReason | undefined
  /** Whether the agent said anything. */
  readonly said: boolean
  readonly allowEmpty: boolean
  /** The last plain output of the CLI. */
  readonly tail: string
  readonly cloud?: CloudEnding | undefined
  readonly limits: { readonly timeout: Milliseconds; readonly startupTimeout: Milliseconds }
}

/** The one verdict on a run, with why and what to do. */
export interface Decision {
  readonly outcome: OutcomeName
  readonly exitCode: number
  readonly reason: string
  readonly remedy?: string
}

/**
 * Decides how a run is told to the CI. What we signalled is never success, whatever it then returned;
 * then a crash, then the status, then whether it said anything.
 */
export function decideOutcome(ending: Ending): Decision {
  if (ending.stop !== undefined) return stopped(ending.stop, ending)
  if (ending.exit.kind === 'signal') return crashed(ending.exit.signal)
  if (ending.exit.code !== 0) return failed(ending.exit.code, ending.tail)
  if (ending.cloud !== undefined) return cloudEnded(ending.cloud, ending.tail)
  if (ending.said) return verdict('succeeded', 'the agent finished')
  if (ending.allowEmpty)
    return verdict('succeeded', 'the agent finished and said nothing, which is allowed here')
  return verdict(
    'no-output',
    ending.tail.trim() === ''
      ? 'the agent ended with 0 and said nothing'
      : 'the agent ended with 0 and said nothing; what it printed is no message of the agent',
    'Look into the transcript. If silence is fine for this prompt, allow it with `allow_empty`.',
  )
}

function verdict(outcome: OutcomeName, reason: string, remedy?: string): Decision {
  const { exitCode } = outcomeNamed(outcome)
  return { outcome, exitCode, reason, ...(remedy === undefined ? {} : { remedy }) }
}

/** The verdict on a job that the CI ended with that signal, at whatever stage. */
export function cancelledBy(signal: StopSignal, by?: string): Decision {
  const { exitCode, exitCodeOnSigterm = exitCode } = outcomeNamed('cancelled')
  const code = signal === 'SIGINT' ? exitCode : exitCodeOnSigterm
  const reason = by === undefined ? `the CI ended the job (${signal})` : `${by} ended it (${signal})`
  return { outcome: 'cancelled', exitCode: code, reason }
}

function stopped(stop: StopReason, { limits, exit, cloud }: Ending): Decision {
  const told =
    cloud === undefined
      ? `the agent was told to stop, it then ${endingOf(exit)}`
      : 'the cloud run was not awaited any longer'
  switch (stop.kind) {
    case 'cancelled': {
      const decision = cancelledBy(stop.signal, stop.by)
      return { ...decision, reason: `${decision.reason}; ${told}` }
    }
    case 'deadline':
      return verdict(
        'timed-out',
        `the deadline of ${formatDuration(limits.timeout)} passed; ${told}`,
        'Give it more time (`timeout`), or a smaller task.',
      )
    case 'startup-timeout':
      return verdict(
        'temporary',
        `the agent gave no sign of life within ${formatDuration(limits.startupTimeout)}; ${told}`,
        'Run the step again. If it happens often, raise `startup_timeout` or set `debug` to see where it hangs.',
      )
  }
}

function endingOf(exit: ExitStatus): string {
  return exit.kind === 'code' ? `returned ${exit.code}` : `ended by ${exit.signal}`
}

function crashed(signal: NodeJS.Signals): Decision {
  if (signal === 'SIGKILL') {
    return verdict(
      'agent-failed',
      'the agent was killed by SIGKILL, which we did not send',
      'Often the machine ran out of memory: give it more, or the agent a smaller task.',
    )
  }
  return verdict(
    'agent-failed',
    `the agent crashed: it was ended by ${signal}`,
    'Look into the log of the CLI.',
  )
}

function failed(code: number, tail: string): Decision {
  if (code === 126 || code === 127) {
    return verdict(
      'unavailable',
      `the CLI could not be started (status ${code})`,
      'Check that the file is an executable for this machine and that its libraries are installed.',
    )
  }
  const known = classifyFailure(tail)
  if (known !== undefined) return verdict(known.outcome, `${known.message} (status ${code})`, known.remedy)
  if (code === 2) {
    return verdict(
      'agent-failed',
      'the CLI did not accept its arguments (status 2)',
      'Its message is in the log. An older or newer CLI may know other options: check `oz_version`.',
    )
  }
  return verdict('agent-failed', `the agent failed with status ${code}`)
}

function cloudEnded(cloud: CloudEnding, tail: string): Decision {
  if (cloud.kind === 'not-awaited')
    return verdict('succeeded', 'the cloud run was dispatched; its end is not awaited')
  switch (cloud.state) {
    case 'SUCCEEDED':
      return verdict('succeeded', 'the cloud run succeeded')
    case 'BLOCKED':
      return verdict('blocked', 'the cloud run waits for a person', 'Open the session and answer it.')
    case 'CANCELLED':
      return verdict('cancelled', 'someone cancelled the cloud run')
    case 'FAILED':
    case 'ERROR': {
      const known = classifyFailure(tail)
      const ended = `the cloud run ended as ${cloud.state}`
      return known === undefined
        ? verdict('agent-failed', ended)
        : verdict(known.outcome, `${ended}: ${known.message}`, known.remedy)
    }
    default:
      return verdict('agent-failed', `the cloud run ended in the unknown state ${cloud.state}`)
  }
}
