import { inputGroups, type TemplateInput } from './inputs.ts'
import { rulesFor, type TemplateOptions } from './options.ts'
import { programPath, scriptsFor } from './program.ts'
import { knows } from './versions.ts'
import { type Entry, InlineMap, TitledMap } from './yaml.ts'

/** Where later jobs and people find the results, by the job's name. */
const RESULT_FOLDER = '.oz-agent/$CI_JOB_NAME_SLUG'
/** GitLab's cache keeps downloaded archives of the CLI here. Each job checks an archive before it unpacks it. */
const CACHE_FOLDER = '.oz-agent/cache'

/**
 * What the job takes of the pipeline's `default:`. The rest was written for other jobs: a `before_script` may need their
 * image or change the folder, a cache would keep what the agent wrote for jobs that trust it, and a token of `id_tokens`
 * would reach the agent under a name that nobody knows here. https://docs.gitlab.com/ci/yaml/#inherit
 */
const INHERITED = ['services', 'tags']
const WHY_INHERITED = 'Not before_script, cache and id_tokens: those are for other jobs.'

/** The keys of the job, in the order in which a person reads them. */
export function jobEntries(options: TemplateOptions): readonly Entry[] {
  const { version } = options
  const lists = knows(version, 'arrayInputs')
  const { script, afterScript } = scriptsFor(options.program)
  return [
    entry('stage', input('stage')),
    entry('image', input('image')),
    entry('inherit', { default: INHERITED }, WHY_INHERITED),
    ...(options.tags.length === 0 ? [] : [entry('tags', lists ? input('tags') : options.tags)]),
    entry('rules', lists ? input('rules') : rulesFor(options.triggers)),
    ...(options.needs === undefined ? [] : [entry('needs', lists ? input('needs') : options.needs)]),
    entry('timeout', input('job_timeout')),
    entry('interruptible', knows(version, 'typedInputs') ? input('interruptible') : !options.writes),
    ...(knows(version, 'typedInputs') ? [entry('allow_failure', input('allow_failure'))] : []),
    ...(options.writes ? [entry('resource_group', input('resource_group'))] : []),
    ...(knows(version, 'retryExitCodes')
      ? [entry('retry', { max: 2, exit_codes: [75] }, '75 says that a retry may help.')]
      : []),
    entry('variables', new TitledMap(variables(options))),
    ...(options.cache ? [entry('cache', cacheOf())] : []),
    entry('script', script),
    entry('after_script', afterScript, 'Closes the run when the script was killed.'),
    entry('artifacts', artifactsOf(options)),
  ]
}

function variables(options: TemplateOptions) {
  const { program, version } = options
  const texts = programInputs(options).filter((one) => one.type !== 'boolean')
  const flags = programInputs(options).filter((one) => one.type === 'boolean')
  return [
    {
      title: 'The program that runs the agent, and where it writes',
      entries: [
        entry('OZ_PROGRAM', programPath(program)),
        ...(program.kind === 'download' ? [entry('OZ_PROGRAM_URL', program.url)] : []),
        ...(program.kind === 'image' ? [] : [entry('OZ_PROGRAM_SHA256', program.sha256)]),
        entry('OZ_RESULT_FOLDER', RESULT_FOLDER),
        ...(options.cache ? [entry('OZ_CACHE_FOLDER', CACHE_FOLDER)] : []),
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

/** The inputs that the program reads; GitLab itself reads the others. */
function programInputs(options: TemplateOptions): readonly TemplateInput[] {
  const [agent, , report] = inputGroups(options)
  return [...(agent?.inputs ?? []), ...(report?.inputs ?? [])]
}

/** `saved_prompt` → `OZ_INPUT_SAVED_PROMPT`. */
function variableOf(name: string): string {
  return `OZ_INPUT_${name.toUpperCase()}`
}

function verbatim(value: string): InlineMap {
  return new InlineMap({ value, expand: false })
}

function cacheOf() {
  const key = `oz-cli-${input('oz_channel')}-${input('oz_version')}`
  return { key, paths: [`${CACHE_FOLDER}/`] }
}

function artifactsOf(options: TemplateOptions) {
  return {
    name: 'oz-agent-$CI_JOB_NAME_SLUG',
    when: 'always',
    expire_in: input('artifact_expiry'),
    paths: ['$OZ_RESULT_FOLDER/'],
    reports: {
      dotenv: '$OZ_RESULT_FOLDER/outputs.env',
      ...(knows(options.version, 'annotations') && { annotations: '$OZ_RESULT_FOLDER/annotations.json' }),
    },
  }
}

function input(name: string): string {
  return `$[[ inputs.${name} ]]`
}

function entry(key: string, value: unknown, comment?: string): Entry {
  return { key, value, ...(comment !== undefined && { comment }) }
}
