import { cancelledBy, type Decision, decideOutcome } from '../agent/outcome.ts'
import { formatDuration, type Milliseconds } from '../contract/duration.ts'
import { INPUT_IDS } from '../contract/inputs.ts'
import { unspell } from '../contract/names.ts'
import type { OutcomeName } from '../contract/outcomes.ts'
import { isGreen, outcomeNamed } from '../contract/outcomes.ts'
import type { NameOf } from '../contract/parse-inputs.ts'
import { type FailureCode, RunnerError, StartError } from '../errors.ts'
import type { ExitStatus } from '../ports.ts'
import { Stopped } from '../process/stop.ts'
import { StepSkipped } from './read-request.ts'

/** The verdict on a whole step, ready to be reported. */
export interface StepVerdict extends Decision {
  readonly error:
    | { readonly code: FailureCode; readonly message: string; readonly remedy?: string | undefined }
    | undefined
  /** The stack of a bug; for the log only. */
  readonly stack?: string
}

/** The verdict with the inputs in its remedy as their user spells them: `allow_empty`, `--allow-empty` … Pure. */
export function spellInputs(verdict: StepVerdict, nameOf: NameOf): StepVerdict {
  const spelled = (text: string) =>
    text.replace(/`([a-z_]+)`/g, (typed, word: string) => {
      const id = INPUT_IDS.find((known) => known === unspell(word))
      return id === undefined ? typed : nameOf(id)
    })
  const { remedy, error } = verdict
  return {
    ...verdict,
    ...(remedy === undefined ? {} : { remedy: spelled(remedy) }),
    error: error?.remedy === undefined ? error : { ...error, remedy: spelled(error.remedy) },
  }
}

const REPORT =
  'This is a bug of oz-agent-action itself. Please report it with the log: https://github.com/org/oz-agent-action/issues'

export function verdictOfDecision(decision: Decision): StepVerdict {
  return { ...decision, error: errorOf(decision.outcome, decision.reason, decision.remedy) }
}

/** What a step that threw ends with: an expected failure, a stop before the agent ran, or a bug. */
export function verdictOfThrown(thrown: unknown, timeout: Milliseconds): StepVerdict {
  if (thrown instanceof StepSkipped) {
    return { outcome: 'skipped', exitCode: 0, reason: thrown.message, error: undefined }
  }
  if (thrown instanceof Stopped) return verdictOfDecision(stoppedEarly(thrown, timeout))
  if (thrown instanceof RunnerError) {
    const { code, exitCode, message, remedy } = thrown
    return { outcome: code, exitCode, reason: message, error: { code, message, remedy } }
  }
  if (thrown instanceof StartError) return verdictOfDecision(cannotStart(thrown))
  const refusal = refusalOfMachine(thrown)
  if (refusal !== undefined) return verdictOfDecision(refusal)
  const message = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)
  const stack = thrown instanceof Error && thrown.stack !== undefined ? thrown.stack : message
  return {
    outcome: 'internal-error',
    exitCode: 70,
    reason: message,
    error: { code: 'internal-error', message, remedy: REPORT },
    stack,
  }
}

const START_REMEDIES: Readonly<Record<StartError['subject'], string>> = {
  file: 'Something may have changed or removed the CLI since it was found: look for steps that run beside this one.',
  folder: 'Check out the repository before this step, or set `cwd` to a folder that is there.',
  arguments: 'Make the environment of the job smaller: set `env_policy` to minimal.',
  system: 'Look at the limits of this machine for processes and memory, then run the step again.',
}

function cannotStart({ message, subject }: StartError): Decision {
  const { exitCode } = outcomeNamed('unavailable')
  return { outcome: 'unavailable', exitCode, reason: message, remedy: START_REMEDIES[subject] }
}

/** What the system answers where the machine, not this code, is at fault: https://nodejs.org/api/errors.html#common-system-errors */
const REFUSALS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the file system is read-only',
  EACCES: 'this user may not do that',
  EPERM: 'this user may not do that',
  ENOTDIR: 'a part of the path is no folder',
  EIO: 'the disk fails',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
}

function refusalOfMachine(thrown: unknown): Decision | undefined {
  if (!(thrown instanceof Error && 'syscall' in thrown && 'code' in thrown)) return undefined
  const refusal = REFUSALS[String(thrown.code)]
  if (refusal === undefined) return undefined
  const { exitCode } = outcomeNamed('unavailable')
  const remedy =
    'Free space on the disk, or let this user write to the folder of temporary files, then run the step again.'
  return { outcome: 'unavailable', exitCode, reason: `${refusal}: ${thrown.message}`, remedy }
}

function stoppedEarly({ reason: stop, during }: Stopped, timeout: Milliseconds): Decision {
  const early = 'before the agent was started'
  if (stop.kind === 'cancelled') {
    const decision = cancelledBy(stop.signal, stop.by)
    const when = during === undefined ? early : `${early}, ${during}`
    return { ...decision, reason: `${decision.reason} ${when}` }
  }
  const never: ExitStatus = { kind: 'code', code: 0 }
  const limits = { timeout, startupTimeout: 0 }
  const decision = decideOutcome({ exit: never, stop, said: false, allowEmpty: false, tail: '', limits })
  const reason = `the deadline of ${formatDuration(timeout)} passed ${during ?? early}`
  if (during === undefined) return { ...decision, reason }
  return { ...decision, reason, remedy: SLOW_NETWORK }
}

const SLOW_NETWORK =
  'Look at the network of this machine, give the step more time, or have the CLI installed before it starts.'

function errorOf(outcome: OutcomeName, message: string, remedy: string | undefined): StepVerdict['error'] {
  if (outcome === 'succeeded' || outcome === 'skipped' || isGreen(outcome)) return undefined
  return { code: outcome, message, remedy }
}
