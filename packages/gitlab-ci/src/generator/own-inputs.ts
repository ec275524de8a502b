import { formatDuration } from '@oz-agent/core'
import type { TemplateInput } from './input-specs.ts'
import type { TemplateOrder } from './template-order.ts'
import { rulesFor } from './triggers.ts'

export const MINIMUM_ROLES = ['reporter', 'developer', 'maintainer', 'owner'] as const
export type MinimumRole = (typeof MINIMUM_ROLES)[number]

/** Bounded, as every name counts towards the 5 KB of a dotenv report. */
export const PREFIX_FORM = '^[A-Za-z_][A-Za-z0-9_]{0,63}$'

const DURATION = '^([0-9]+(h|m|s))+$'

/** The inputs that place the job in its pipeline. */
export function jobInputs(order: TemplateOrder): readonly TemplateInput[] {
  const { timeouts } = order
  return [
    text('stage', order.stage, 'Stage of the job.'),
    text('job_name', order.jobName, 'Name of the job; include the template twice with two names.'),
    text('job_prefix', order.jobPrefix, 'Goes before the name of the job.'),
    text('image', order.image, 'Image with Node 22.15 or later, git and glibc (not Alpine).'),
    // An empty list is no valid value of `tags`, and would hide the tags of `default`.
    ...(order.tags.length === 0 ? [] : [list('tags', order.tags, 'Tags of the runner.')]),
    list('rules', rulesFor(order.triggers), 'When the job runs.'),
    ...(order.needs === undefined ? [] : [list('needs', order.needs, 'Jobs that this one waits for.')]),
    {
      ...text('job_timeout', formatDuration(timeouts.job), 'Time limit of the whole job.'),
      regex: DURATION,
    },
    {
      ...text(
        'script_timeout',
        formatDuration(timeouts.script),
        'Time limit of the script; with `after_script_timeout` it must fit `job_timeout`.',
      ),
      regex: DURATION,
    },
    {
      ...text(
        'after_script_timeout',
        formatDuration(timeouts.afterScript),
        'Time limit of the after_script that closes a run whose script was killed.',
      ),
      regex: DURATION,
    },
    {
      name: 'interruptible',
      type: 'boolean',
      default: !order.writes,
      description: 'A newer pipeline of the branch may cancel the job.',
    },
    ...(order.writes
      ? [
          text(
            'resource_group',
            'oz-agent-$CI_COMMIT_REF_SLUG',
            'Jobs of one group run one after the other, as the agent pushes.',
          ),
        ]
      : []),
    text('artifact_expiry', order.artifactExpiry, 'How long result, transcript and summary are kept.'),
  ]
}

/** The inputs of the job itself that only GitLab has. */
export function reportInputs(): readonly TemplateInput[] {
  return [
    {
      ...text('output_prefix', 'OZ', 'The outputs reach later jobs as variables that begin so: OZ_OUTCOME.'),
      regex: PREFIX_FORM,
    },
    {
      name: 'note',
      type: 'boolean',
      default: true,
      description: 'Keep a note on the merge request; needs a token with scope `api` in OZ_GITLAB_TOKEN.',
    },
    text('mention', '', 'Answer comments that hold this word, such as `@oz`; see the README on the webhook.'),
    {
      name: 'minimum_role',
      type: 'string',
      default: 'developer',
      options: MINIMUM_ROLES,
      description: 'The least role in the project of whoever may call the agent by a comment.',
    },
  ]
}

function text(name: string, value: string, description: string): TemplateInput {
  return { name, type: 'string', default: value, description }
}

function list(name: string, value: readonly unknown[], description: string): TemplateInput {
  return { name, type: 'array', default: value, description }
}
