import { formatDuration, INPUT_IDS, INPUTS, type InputId, type InputSpec, spell } from '@oz-agent/core'
import { MINIMUM_ROLES, PREFIX_FORM } from '../job/inputs.ts'
import { rulesFor, type TemplateOptions } from './options.ts'
import { type GitlabVersion, knows } from './versions.ts'

/** One entry of `spec: inputs`. An older GitLab takes only a part of it. */
export interface TemplateInput {
  readonly name: string
  readonly type: 'string' | 'boolean' | 'array'
  readonly description: string
  readonly default: string | boolean | readonly unknown[]
  readonly options?: readonly string[]
  /** In the syntax that both RE2 and JavaScript have. */
  readonly regex?: string
}

/** `1h30m`, or a bare number. Written so that no engine has to try one text in several ways. */
const DURATION = '^([0-9]+(\\.[0-9]+)? *|([0-9]+(\\.[0-9]+)? *(ms|s|m|h|d) *)+)?$'

/** A part of the header under its title. */
interface InputGroup {
  readonly title: string
  readonly inputs: readonly TemplateInput[]
}

/** Every input that the template for this order and version has, in its options. */
export function inputGroups(options: TemplateOptions): readonly InputGroup[] {
  const contract = contractInputIds().map((id) => contractInput(id, options.defaults[spell(id, 'snake')]))
  const groups = [
    { title: 'The agent', inputs: contract },
    { title: 'The job', inputs: jobInputs(options) },
    { title: 'What is handed on', inputs: reportInputs() },
  ]
  return groups.map(({ title, inputs }) => ({
    title,
    inputs: inputs.filter((input) => isExpressible(input, options.version)),
  }))
}

/** Older versions have no lists, and no booleans that GitLab itself reads. */
function isExpressible(input: TemplateInput, version: GitlabVersion): boolean {
  if (input.type === 'array') return knows(version, 'arrayInputs')
  const isKeyword = ['interruptible', 'allow_failure'].includes(input.name)
  return !isKeyword || knows(version, 'typedInputs')
}

/** Forms that GitLab checks before a job starts. */
const FORMS: Partial<Record<InputId, string>> = {
  ozVersion: '^(latest|v?[0-9]+(\\.[A-Za-z0-9_-]+)+)$',
  ozSha256: '^((sha256[:-])?[0-9A-Fa-f]{64})?$',
  ozDownloadUrl: '^(https?://.+)?$',
}

/** The contract's inputs that a template has: all but secrets, which are CI/CD variables. */
export function contractInputIds(): readonly InputId[] {
  const ids = INPUT_IDS.filter((id) => {
    const spec: InputSpec = INPUTS[id]
    return spec.secret !== true && (spec.platforms?.includes('gitlab') ?? true)
  })
  return ['promptFile', ...ids.filter((id) => id !== 'promptFile')]
}

/** What is different on GitLab: https://docs.gitlab.com/ci/inputs/#define-input-parameters-with-specinputs */
const DESCRIPTIONS: Partial<Record<InputId, string>> = {
  promptFile: 'A file that holds the prompt, of any size.',
  prompt:
    'What the agent is to do, as a text under 1 KB, which is the most that GitLab takes. At most one of `prompt`, `prompt_file` and `saved_prompt`.',
}

/** The template input for an input of the contract. Lists are text, one entry a line, as no variable holds an array. */
function contractInput(id: InputId, given: string | undefined): TemplateInput {
  const spec: InputSpec = INPUTS[id]
  const base = { name: spell(id, 'snake'), description: DESCRIPTIONS[id] ?? describe(spec) }
  const value = given ?? spec.default ?? ''
  switch (spec.kind) {
    case 'boolean':
      if (spec.default === undefined) {
        return { ...base, type: 'string', default: value, options: ['', 'true', 'false'] }
      }
      return { ...base, type: 'boolean', default: value.toLowerCase() === 'true' }
    case 'choice':
      return { ...base, type: 'string', default: value, ...(spec.choices && { options: spec.choices }) }
    case 'duration':
      return { ...base, type: 'string', default: value, regex: DURATION }
    default: {
      const regex = FORMS[id]
      return { ...base, type: 'string', default: value, ...(regex !== undefined && { regex }) }
    }
  }
}

function describe(spec: InputSpec): string {
  const list = spec.kind === 'list' ? ' Text, one entry a line.' : ''
  const unset = spec.default === undefined && spec.defaultNote !== undefined
  return `${spec.description}${list}${unset ? ` Default: ${spec.defaultNote}.` : ''}`
}

const JOB_DURATION = '^([0-9]+(h|m|s))+$'

/** The inputs that GitLab itself reads: what the job is in its pipeline. */
function jobInputs(options: TemplateOptions): readonly TemplateInput[] {
  const { timeouts } = options
  return [
    text('stage', options.stage, 'Stage of the job.'),
    text('job_name', options.jobName, 'Name of the job; include the template twice with two names.'),
    text('job_prefix', options.jobPrefix, 'Goes before the name of the job.'),
    text('image', options.image, 'Image with Node 22.15 or later, git and glibc (not Alpine).'),
    // GitLab accepts no empty list of tags, and it would hide the tags of `default`.
    ...(options.tags.length === 0 ? [] : [list('tags', options.tags, 'Tags of the runner.')]),
    list('rules', rulesFor(options.triggers), 'When the job runs.'),
    ...(options.needs === undefined ? [] : [list('needs', options.needs, 'Jobs that this one waits for.')]),
    {
      ...text('job_timeout', formatDuration(timeouts.job), 'Time limit of the whole job.'),
      regex: JOB_DURATION,
    },
    {
      ...text(
        'script_timeout',
        formatDuration(timeouts.script),
        'Time limit of the script; with `after_script_timeout` it must fit `job_timeout`.',
      ),
      regex: JOB_DURATION,
    },
    {
      ...text(
        'after_script_timeout',
        formatDuration(timeouts.afterScript),
        'Time limit of the after_script that closes a run whose script was killed.',
      ),
      regex: JOB_DURATION,
    },
    {
      name: 'interruptible',
      type: 'boolean',
      default: !options.writes,
      description: 'A newer pipeline of the branch may cancel the job.',
    },
    {
      name: 'allow_failure',
      type: 'boolean',
      default: false,
      description: 'The pipeline goes on when the job fails.',
    },
    ...(options.writes
      ? [
          text(
            'resource_group',
            'oz-agent-$CI_COMMIT_REF_SLUG',
            'Jobs of one group run one after the other, as the agent pushes.',
          ),
        ]
      : []),
    text('artifact_expiry', options.artifactExpiry, 'How long result, transcript and summary are kept.'),
  ]
}

/** The inputs that the job reads and that only GitLab has. */
function reportInputs(): readonly TemplateInput[] {
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
