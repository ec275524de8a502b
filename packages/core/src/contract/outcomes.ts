import * as z from 'zod/mini'

/** How an exit code is spelled where it differs by the signal that ended the job. */
export interface OutcomeSpec {
  readonly name: string
  /** The process exit code; `cancelled` by SIGTERM ends with `exitCodeOnSigterm` instead. */
  readonly exitCode: number
  readonly exitCodeOnSigterm?: number
  /** `success` is green, `neutral` is green with a reason, `failure` is red. */
  readonly verdict: 'success' | 'neutral' | 'failure'
  readonly meaning: string
  /** Whether the same step may succeed when it is run again unchanged. */
  readonly retryable: boolean
}

/** Every way a step can end. The same on every CI; changing a row is a breaking change. */
export const OUTCOMES = [
  {
    name: 'succeeded',
    exitCode: 0,
    verdict: 'success',
    retryable: false,
    meaning: 'The agent ended by itself with 0 and said something (or `allow_empty` is set).',
  },
  {
    name: 'skipped',
    exitCode: 0,
    verdict: 'neutral',
    retryable: false,
    meaning:
      'Nothing could be done, by design: a fork without secrets, an actor who is not allowed, nothing to do.',
  },
  {
    name: 'agent-failed',
    exitCode: 1,
    verdict: 'failure',
    retryable: false,
    meaning: 'The CLI ended with an error or a crash; a cloud run ended as FAILED or ERROR.',
  },
  {
    name: 'no-output',
    exitCode: 3,
    verdict: 'failure',
    retryable: false,
    meaning: 'The agent ended with 0 and said nothing.',
  },
  {
    name: 'blocked',
    exitCode: 4,
    verdict: 'failure',
    retryable: false,
    meaning: 'A cloud run waits for a person.',
  },
  {
    name: 'invalid-input',
    exitCode: 64,
    verdict: 'failure',
    retryable: false,
    meaning: 'An input is wrong; nothing was installed or started.',
  },
  {
    name: 'unavailable',
    exitCode: 69,
    verdict: 'failure',
    retryable: false,
    meaning: 'The CLI could not be installed or started: wrong libc, bad checksum, missing file.',
  },
  {
    name: 'internal-error',
    exitCode: 70,
    verdict: 'failure',
    retryable: false,
    meaning: 'A bug of this project; the log says how to report it.',
  },
  {
    name: 'temporary',
    exitCode: 75,
    verdict: 'failure',
    retryable: true,
    meaning: 'Network trouble, HTTP 429 or 5xx, or a hang at start-up: a retry may help.',
  },
  {
    name: 'not-permitted',
    exitCode: 77,
    verdict: 'failure',
    retryable: false,
    meaning: 'The key is missing, refused or expired; credits or budget are used up; a policy forbids it.',
  },
  {
    name: 'timed-out',
    exitCode: 124,
    verdict: 'failure',
    retryable: false,
    meaning: 'The deadline of `timeout` passed; the agent was stopped.',
  },
  {
    name: 'cancelled',
    exitCode: 130,
    exitCodeOnSigterm: 143,
    verdict: 'failure',
    retryable: false,
    meaning:
      'The CI ended the job, whatever status the agent then returned: 130 after SIGINT or a remote cancel, 143 after SIGTERM.',
  },
] as const satisfies readonly OutcomeSpec[]

/** The name of an outcome, as outputs and `result.json` hold it. */
export const outcomeName = z.enum(OUTCOMES.map(({ name }) => name))
export type OutcomeName = z.infer<typeof outcomeName>

export const OUTCOME_NAMES: readonly OutcomeName[] = outcomeName.options

export function outcomeNamed(name: OutcomeName): OutcomeSpec & { readonly name: OutcomeName } {
  const found = OUTCOMES.find((outcome) => outcome.name === name)
  if (found === undefined) throw new TypeError(`no outcome is named ${name}`)
  return found
}

/** Whether a step that ended so is shown green. */
export function isGreen(name: OutcomeName): boolean {
  return outcomeNamed(name).verdict !== 'failure'
}
