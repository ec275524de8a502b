import { knows } from './features.ts'
import type { TemplateInput } from './input-specs.ts'
import { programPath, scriptsFor } from './program.ts'
import type { TemplateOrder } from './template-order.ts'
import { inputGroups } from './template-spec.ts'
import { rulesFor } from './triggers.ts'
import { type Entry, InlineMap, TitledMap } from './yaml-text.ts'

/** The folder that later jobs and people find everything in, by the job's name. */
const RESULT_FOLDER = '.oz-agent/$CI_JOB_NAME_SLUG'
/** The archives of the CLI that GitLab's cache carries from job to job; each is checked again before it is unpacked. */
const CACHE_FOLDER = '.oz-agent/cache'

/** The job, key by key in the order in which a person reads it. */
export function jobEntries(order: TemplateOrder): readonly Entry[] {
  const { version } = order
  const lists = knows(version, 'arrayInputs')
  const { script, afterScript } = scriptsFor(order.program)
  return [
    entry('stage', input('stage')),
    entry('image', input('image')),
    ...(order.tags.length === 0 ? [] : [entry('tags', lists ? input('tags') : order.tags)]),
    entry('rules', lists ? input('rules') : rulesFor(order.triggers)),
    ...(order.needs === undefined ? [] : [entry('needs', lists ? input('needs') : order.needs)]),
    entry('timeout', input('job_timeout')),
    entry('interruptible', knows(version, 'typedInputs') ? input('interruptible') : !order.writes),
    ...(order.writes ? [entry('resource_group', input('resource_group'))] : []),
    ...(knows(version, 'retryExitCodes')
      ? [entry('retry', { max: 2, exit_codes: [75] }, '75 says that a retry may help.')]
      : []),
    entry('variables', new TitledMap(variables(order))),
    ...(order.cache ? [entry('cache', cacheOf())] : []),
    entry('script', script),
    entry('after_script', afterScript, 'Closes the run when the script was killed.'),
    entry('artifacts', artifactsOf(order)),
  ]
}

function variables(order: TemplateOrder) {
  const { program, version } = order
  const texts = jobSideInputs(order).filter((one) => one.type !== 'boolean')
  const flags = jobSideInputs(order).filter((one) => one.type === 'boolean')
  return [
    {
      title: 'The program that runs the agent, and where it writes',
      entries: [
        entry('OZ_PROGRAM', programPath(program)),
        ...(program.kind === 'download' ? [entry('OZ_PROGRAM_URL', program.url)] : []),
        ...(program.kind === 'image' ? [] : [entry('OZ_PROGRAM_SHA256', program.sha256)]),
        entry('OZ_RESULT_FOLDER', RESULT_FOLDER),
        ...(order.cache ? [entry('OZ_CACHE_FOLDER', CACHE_FOLDER)] : []),
        entry('NODE_EXTRA_CA_CERTS', '$CI_SERVER_TLS_CA_FILE'),
      ],
    },
    {
      title: 'Both fit the limit of the job, so that after_script is not skipped',
      entries: knows(version, 'scriptTimeouts')
        ? [
            entry('RUNNER_SCRIPT_TIMEOUT', input('script_timeout')),
            entry('RUNNER_AFTER_SCRIPT_TIMEOUT', input('after_script_timeout')),
          ]
        : [],
    },
    {
      title: 'The inputs reach the program as they are: no shell and no expansion in between',
      entries: [
        ...texts.map(({ name }) => entry(variableOf(name), verbatim(input(name)))),
        entry('OZ_INPUT_FLAGS', verbatim(flags.map(({ name }) => `${name}=${input(name)}`).join(' '))),
      ],
    },
  ]
}

/** The inputs that the program reads, in contrast to those that GitLab reads. */
function jobSideInputs(order: TemplateOrder): readonly TemplateInput[] {
  const [agent, , report] = inputGroups(order)
  return [...(agent?.inputs ?? []), ...(report?.inputs ?? [])]
}

/** `saved_prompt` → `OZ_INPUT_SAVED_PROMPT`. */
export function variableOf(name: string): string {
  return `OZ_INPUT_${name.toUpperCase()}`
}

function verbatim(value: string): InlineMap {
  return new InlineMap({ value, expand: false })
}

function cacheOf() {
  const key = `oz-cli-${input('oz_channel')}-${input('oz_version')}`
  return { key, paths: [`${CACHE_FOLDER}/`] }
}

function artifactsOf(order: TemplateOrder) {
  return {
    name: 'oz-agent-$CI_JOB_NAME_SLUG',
    when: 'always',
    expire_in: input('artifact_expiry'),
    paths: ['$OZ_RESULT_FOLDER/'],
    reports: {
      dotenv: '$OZ_RESULT_FOLDER/outputs.env',
      ...(knows(order.version, 'annotations') && { annotations: '$OZ_RESULT_FOLDER/annotations.json' }),
    },
  }
}

function input(name: string): string {
  return `$[[ inputs.${name} ]]`
}

function entry(key: string, value: unknown, comment?: string): Entry {
  return { key, value, ...(comment !== undefined && { comment }) }
}
