import type { Milliseconds } from './contract/duration.ts'
import type { InputId } from './contract/inputs.ts'
import type { OutputValues } from './contract/outputs.ts'
import type { InputProblem, RawInputs } from './contract/parse-inputs.ts'
import type { Result, StepCommandResult } from './contract/result.ts'
import type { JobFact } from './doctor/finding.ts'
import type { PlatformCache } from './install/search.ts'
import type { Environment } from './ports.ts'
import type { LogFormat } from './report/log-format.ts'

/** One CI, as core sees it: what it is, what the job gave, how it reports, and how its log looks. */
export interface CiAdapter {
  readonly ci: Ci
  readonly inputs: GivenInputs
  readonly reporter: Reporter
  readonly logFormat: LogFormat
  /** What the step's own command has done so far, where the agent is called when that fails. */
  command?(): StepCommandResult | undefined
}

/** What a CI is, and what is known of the job at hand. */
export interface Ci {
  /** `github-actions`, `gitlab-ci`, `buildkite`, or what the plain command detected. */
  readonly name: string
  readonly jobUrl: string | undefined
  readonly commit: string | undefined
  /** The job's own environment. */
  readonly env: Environment
  /** Where an agent without `cwd` works. */
  readonly checkout: string
  /** Folder of `result.json` and the transcript; it outlives the step. */
  readonly resultFolder: string
  /**
   * Folder that only this user may enter (mode 0700), with the run's record and what only this step may read. The step
   * that cleans up finds it again; it is not in the checkout, where the author of a commit or the agent could prepare it.
   */
  readonly stepFolder: string
  /** Folder where an installed CLI may be kept between steps and jobs, if the platform has one. */
  readonly toolFolder: string | undefined
  /** Keeps installed CLIs between jobs, where the platform has a cache. */
  readonly platformCache?: PlatformCache | undefined
  readonly limits: CiLimits
  readonly windDown: WindDown
  /** The platform's own debug switch. */
  readonly debug: boolean
  /** On GitHub, inputs that the official action merely warns about are warnings too. */
  readonly lenientInputs: boolean
  /** The default of `timeout`, where the job's own limit is known. */
  readonly defaultTimeout: Milliseconds | undefined
  /** A hint on where to put the key on this platform. */
  readonly keyRemedy: string
  /** How this platform spells an input, for messages. */
  nameOf(id: InputId): string
  /** Whether a variable belongs to the CI itself (tokens, command files) and is kept from the agent by `scrub`. */
  isInternalVariable(name: string): boolean
  /** Why a step without a key is nobody's fault here (a fork without secrets), in one line; undefined otherwise. */
  keylessByDesign(): string | undefined | Promise<string | undefined>
  /** What `doctor` should tell of this job: which rights it has, whether it serves a fork. */
  facts?(): readonly JobFact[] | Promise<readonly JobFact[]>
}

/** The inputs as the job gave them, and all that follows from them on this platform alone. */
export interface GivenInputs {
  readonly raw: RawInputs
  /** Names of inputs that only this platform has; the contract passes them over. */
  readonly ownNames?: readonly string[]
  /** What is wrong with those; reported together with what the contract finds. */
  readonly ownProblems?: readonly InputProblem[]
  /** Why there is nothing to do here, by design, in one line: the step is then `skipped`, whatever the inputs hold. */
  readonly nothingToDo?: string | undefined
  /** What reading them threw: the step ends with it. */
  readonly failure?: unknown
}

/** How a CI hands on what a step has to say. */
export interface Reporter {
  /** Registers a secret with the platform's own log mask, before anything else is printed. */
  mask(secret: string): void | Promise<void>
  /** Remembers `stepFolder` for the step that cleans up after a killed one, where its name cannot be known there. */
  remember?(): void | Promise<void>
  /** Puts the links where a person sees them, as soon as they are known. */
  announce?(identity: RunIdentity): void | Promise<void>
  /** Hands on outputs, summary, annotations. Called exactly once, on every outcome. */
  publish(report: StepReport): Promise<void>
}

/** What a run has become known as. */
export interface RunIdentity {
  readonly runId?: string
  readonly runUrl?: string
  readonly sessionUrl?: string
  readonly conversationId?: string
}

/** How long the platform lets a cancelled job wind down, measured from the first signal to the kill. */
export interface WindDown {
  /** From asking the agent to stop until it is killed, when the CI ends the job. */
  readonly cancelGrace: Milliseconds
  /** The same when our own deadline ends the run and nobody hurries us. */
  readonly deadlineGrace: Milliseconds
  /** Who sends SIGINT, for messages, such as `you` at a terminal; the CI when absent. */
  readonly interrupter?: string | undefined
}

export interface CiLimits {
  /** Bytes of UTF-8 of one output value. */
  readonly outputBytes: number
  /** Bytes of the whole log that the agent's output may take; the transcript holds all. */
  readonly logBytes: number
  readonly summaryBytes: number
}

/** All that there is to hand on at the end of a step. */
export interface StepReport {
  readonly result: Result
  /** Already cut at `limits.outputBytes`. */
  readonly outputs: OutputValues
  /** Already cut at `limits.summaryBytes`; undefined when it is not wanted. */
  readonly summary: string | undefined
  readonly resultFile: string
  readonly transcriptFile: string
}
