import { formatDuration, type Milliseconds } from '@oz-agent/core'
import { IMAGE_PATH, type Program } from './program.ts'
import { DEFAULT_VERSION, type GitlabVersion } from './versions.ts'

/** Everything that a template is made from. The values are checked, so that rendering cannot fail. */
export interface TemplateOptions {
  readonly version: GitlabVersion
  readonly program: Program
  readonly image: string
  readonly stage: string
  readonly jobName: string
  readonly jobPrefix: string
  readonly tags: readonly string[]
  readonly triggers: readonly Trigger[]
  /** undefined: the job waits for the stages before it. A list, even an empty one, becomes an input. */
  readonly needs: readonly string[] | undefined
  readonly timeouts: JobTimeouts
  readonly artifactExpiry: string
  /** The agent pushes: jobs of one branch wait for each other and are not interrupted. */
  readonly writes: boolean
  /** GitLab's cache keeps the downloaded CLI. */
  readonly cache: boolean
  /** Defaults of the contract's inputs, by their snake_case names, as the user wrote them. */
  readonly defaults: Readonly<Record<string, string>>
}

/** The time limits of a job. They must fit, so that `after_script` still runs when the script used its time. */
export interface JobTimeouts {
  readonly job: Milliseconds
  readonly script: Milliseconds
  readonly afterScript: Milliseconds
}

const MINUTE: Milliseconds = 60_000

/** What the runner itself needs: it fetches the sources before, and uploads artifacts after. */
const RUNNER_RESERVE: Milliseconds = 2 * MINUTE
const AFTER_SCRIPT: Milliseconds = 2 * MINUTE
export const SHORTEST_JOB: Milliseconds = 5 * MINUTE

/** Divides the time of a job, which must be at least `SHORTEST_JOB`. */
export function shareOut(job: Milliseconds): JobTimeouts {
  const afterScript = Math.min(AFTER_SCRIPT, job / 5)
  const script = job - afterScript - Math.min(RUNNER_RESERVE, job / 5)
  return { job, script: wholeSeconds(script), afterScript: wholeSeconds(afterScript) }
}

function wholeSeconds(time: Milliseconds): Milliseconds {
  return Math.floor(time / 1000) * 1000
}

/**
 * What is wrong with timeouts, in one sentence; undefined when they fit.
 * The runner skips `after_script` when both do not fit the job's limit:
 * https://docs.gitlab.com/ci/runners/configure_runners/#ensuring-after_script-execution
 */
export function timeoutProblem({ job, script, afterScript }: JobTimeouts): string | undefined {
  if (script + afterScript <= job) return undefined
  const sum = `${formatDuration(script)} of script and ${formatDuration(afterScript)} of after_script`
  return `${sum} do not fit ${formatDuration(job)} of the job: GitLab would skip after_script, and the run would stay open`
}

/** One entry of a job's `rules`. */
interface Rule {
  readonly if?: string
  readonly allow_failure?: boolean
  readonly when?: 'on_failure' | 'manual' | 'never' | 'always' | 'on_success'
}

/** When a job runs: one word for each common case. https://docs.gitlab.com/ci/jobs/job_rules/ */
const TRIGGERS = {
  'merge-request': { if: '$CI_PIPELINE_SOURCE == "merge_request_event"' },
  schedule: { if: '$CI_PIPELINE_SOURCE == "schedule"' },
  web: { if: '$CI_PIPELINE_SOURCE == "web"' },
  mention: { if: '$CI_PIPELINE_SOURCE == "trigger"' },
  'default-branch': { if: '$CI_PIPELINE_SOURCE == "push" && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH' },
  // The job of the parent that starts the child has rules of its own.
  child: { if: '$CI_PIPELINE_SOURCE == "parent_pipeline"' },
  failure: { when: 'on_failure' },
  // Without it, a pipeline whose job nobody starts is blocked.
  manual: { when: 'manual', allow_failure: true },
} as const satisfies Record<string, Rule>

export type Trigger = keyof typeof TRIGGERS

export const TRIGGER_NAMES = Object.keys(TRIGGERS) as Trigger[]

/**
 * Not of merge requests: where a pipeline has no `workflow:rules`, a job with a rule for those gets them a second
 * pipeline of its own, which then decides whether they can be merged.
 */
export const DEFAULT_TRIGGERS: readonly Trigger[] = ['schedule', 'web', 'child']

/** The rules of a job. A rule without a condition always matches, so it comes last. */
export function rulesFor(triggers: readonly Trigger[]): readonly Rule[] {
  const rules: readonly Rule[] = triggers.map((trigger) => TRIGGERS[trigger])
  return [...rules.filter((rule) => rule.if !== undefined), ...rules.filter((rule) => rule.if === undefined)]
}

/** The options of a platform team with its own image; documentation and examples are made from them. */
export const STANDARD_OPTIONS: TemplateOptions = {
  version: DEFAULT_VERSION,
  program: { kind: 'image', path: IMAGE_PATH },
  image: 'registry.example.com/ci/oz-agent:1.0.0',
  stage: 'test',
  jobName: 'oz-agent',
  jobPrefix: '',
  tags: [],
  triggers: DEFAULT_TRIGGERS,
  needs: undefined,
  timeouts: shareOut(3_600_000),
  artifactExpiry: '1 week',
  writes: false,
  cache: false,
  defaults: {},
}
