import { type OutcomeName, outcomeNamed } from './contract/outcomes.ts'

export interface RunnerErrorDetails {
  /** What the user can do about it, as one sentence or a short list. */
  readonly remedy?: string
  readonly cause?: unknown
}

/** The outcomes that an expected failure may end a step with. */
export type FailureCode = Exclude<OutcomeName, 'succeeded' | 'skipped'>

/**
 * An expected failure: it has a code from the contract's outcomes, says what went wrong, and what to do.
 * It is caught once, at the edge; anything else that is thrown there is a bug (`internal-error`).
 */
export class RunnerError extends Error {
  override readonly name = 'RunnerError'
  readonly code: FailureCode
  readonly remedy: string | undefined

  constructor(code: FailureCode, message: string, details: RunnerErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.code = code
    this.remedy = details.remedy
  }

  /** The process exit code that the contract gives to this failure. */
  get exitCode(): number {
    return outcomeNamed(this.code).exitCode
  }
}

/** A folder that somebody else may have made or changed; `message` is one sentence. */
export class UntrustedFolderError extends RunnerError {
  constructor(path: string, problem: string) {
    super('unavailable', `${path} ${problem}`, {
      remedy:
        'Another user or an earlier job may have made it: remove it, or set TMPDIR to a folder of this user alone.',
    })
  }
}

/** The text of whatever was thrown, for a message to a person. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}

/** An archive that is broken, or that holds what no archive of ours may hold. `message` is one sentence. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError'
}

/** Why a process could not be started, with the system's code (`ENOENT`, `EACCES`, `E2BIG` …) as `code`. */
export class StartError extends Error {
  override readonly name = 'StartError'
  readonly code: string
  /** What is at fault: the file to run, the folder to run it in, or the size of arguments and environment. */
  readonly subject: 'file' | 'folder' | 'arguments' | 'system'

  constructor(code: string, subject: StartError['subject'], message: string, cause: unknown) {
    super(message, { cause })
    this.code = code
    this.subject = subject
  }
}
