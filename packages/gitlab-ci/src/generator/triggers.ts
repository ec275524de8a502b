/** One entry of a job's `rules`. */
export interface Rule {
  readonly if?: string
  readonly when?: 'on_failure' | 'manual' | 'never' | 'always' | 'on_success'
}

/** When a job runs, by a word for each common case. Source: https://docs.gitlab.com/ci/jobs/job_rules/ */
export const TRIGGERS = {
  'merge-request': { if: '$CI_PIPELINE_SOURCE == "merge_request_event"' },
  schedule: { if: '$CI_PIPELINE_SOURCE == "schedule"' },
  web: { if: '$CI_PIPELINE_SOURCE == "web"' },
  mention: { if: '$CI_PIPELINE_SOURCE == "trigger"' },
  'default-branch': { if: '$CI_PIPELINE_SOURCE == "push" && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH' },
  failure: { when: 'on_failure' },
  manual: { when: 'manual' },
} as const satisfies Record<string, Rule>

export type Trigger = keyof typeof TRIGGERS

export const TRIGGER_NAMES = Object.keys(TRIGGERS) as Trigger[]

export const DEFAULT_TRIGGERS: readonly Trigger[] = ['merge-request', 'schedule', 'web']

/** A rule without condition matches whatever comes, so it has to be the last. */
export function rulesFor(triggers: readonly Trigger[]): readonly Rule[] {
  const rules: readonly Rule[] = triggers.map((trigger) => TRIGGERS[trigger])
  return [...rules.filter((rule) => rule.if !== undefined), ...rules.filter((rule) => rule.if === undefined)]
}
