import { formatDuration } from '@oz-agent/core'
import { DEFAULT_TRIGGERS, TRIGGER_NAMES } from '../template/options.ts'
import { PROGRAM_KINDS } from '../template/program.ts'
import { DEFAULT_VERSION, formatVersion } from '../template/versions.ts'

/** One option of the generator's command line. */
export interface OptionSpec {
  /** How the help shows its value; a switch has none. */
  readonly value?: string
  readonly help: string
  readonly default?: string
  /** It may be given several times. */
  readonly repeatable?: boolean
  /** The commands that take it; all that write a template when absent. */
  readonly commands?: readonly CommandName[]
}

export const COMMANDS = {
  generate: 'Print the template that a pipeline includes.',
  init: 'Write the template and the program into a repository, and print the include lines.',
  upgrade:
    'Write every template of a repository again with its options and this program, and show what changes.',
  uninstall: 'Remove the files that init wrote.',
  component: 'Write a component project for the CI/CD catalog.',
  check: 'Check the local includes and the jobs of .gitlab-ci.yml, with the messages of GitLab.',
} as const

export type CommandName = keyof typeof COMMANDS
export const COMMAND_NAMES = Object.keys(COMMANDS) as CommandName[]

const WRITING: readonly CommandName[] = ['generate', 'init', 'component']

export const OPTIONS = {
  'gitlab-version': {
    value: 'VERSION',
    default: formatVersion(DEFAULT_VERSION),
    help: 'The oldest GitLab that must accept the template.',
  },
  program: {
    value: 'WAY',
    default: 'vendored',
    help: `How the job gets the program: ${PROGRAM_KINDS.join(', ')}.`,
  },
  'program-file': {
    value: 'FILE',
    commands: [...WRITING, 'upgrade'],
    help: 'The job program. Default: the one beside the generator.',
  },
  'program-path': {
    value: 'PATH',
    help: 'Where the job finds it: in the checkout, or absolute in the image.',
  },
  'program-url': { value: 'URL', help: 'Where the job downloads it (with --program=download).' },
  image: {
    value: 'IMAGE',
    default: 'node:24-bookworm',
    help: 'Image of the job; give a digest too, as in name:tag@sha256:….',
  },
  stage: { value: 'NAME', default: 'test', help: 'Stage of the job.' },
  'job-name': { value: 'NAME', default: 'oz-agent', help: 'Name of the job.' },
  'job-prefix': { value: 'TEXT', default: '', help: 'Goes before the name of the job.' },
  tag: {
    value: 'TAG',
    repeatable: true,
    help: 'A tag of the runner; the tags become an input. Without one the job has the tags of `default`.',
  },
  on: {
    value: 'WHEN',
    repeatable: true,
    help: `When the job runs: ${TRIGGER_NAMES.join(', ')}. Default: ${DEFAULT_TRIGGERS.join(', ')}.`,
  },
  needs: { value: 'JOB', repeatable: true, help: 'A job that this one waits for; `none` starts it at once.' },
  'job-timeout': { value: 'TIME', default: '1h', help: 'Time limit of the job.' },
  'script-timeout': { value: 'TIME', help: 'Time limit of the script. Default: what the job leaves.' },
  'after-script-timeout': {
    value: 'TIME',
    help: `Time limit of after_script. Default: a fifth of the job, at most ${formatDuration(120_000)}.`,
  },
  'artifact-expiry': { value: 'TIME', default: '1 week', help: 'How long artifacts are kept.' },
  writes: { help: 'The agent pushes: jobs of a branch run one after the other, and none is interrupted.' },
  cache: { help: 'Keep the downloaded CLI in the job cache.' },
  input: {
    value: 'NAME=VALUE',
    repeatable: true,
    help: 'Default of an input, such as prompt_file=.gitlab/review.md.',
  },
  output: {
    value: 'FILE',
    commands: ['generate'],
    help: 'Write the template there instead of printing it.',
  },
  directory: {
    value: 'FOLDER',
    default: '.',
    commands: ['init', 'upgrade', 'uninstall', 'component', 'check'],
    help: 'The root of the repository.',
  },
  'template-path': {
    value: 'PATH',
    default: '.gitlab/oz-agent/template.yml',
    commands: ['init'],
    help: 'Where the template is written.',
  },
  'remote-url': {
    value: 'URL',
    commands: ['init', 'generate'],
    help: 'Where the template will be published; the lines that include it from there are printed.',
  },
  'component-name': {
    value: 'NAME',
    default: 'oz-agent',
    commands: ['component'],
    help: 'Name of the component.',
  },
  forget: { commands: ['init'], help: 'Forget the options of an earlier init of this template.' },
  force: {
    commands: ['init', 'upgrade', 'uninstall', 'component', 'generate'],
    help: 'Overwrite or remove files that were changed by hand.',
  },
} as const satisfies Record<string, OptionSpec>

export type OptionName = keyof typeof OPTIONS

/** The options that a command takes. */
export function optionsOf(command: CommandName): readonly OptionName[] {
  return (Object.keys(OPTIONS) as OptionName[]).filter((name) => {
    const spec: OptionSpec = OPTIONS[name]
    return (spec.commands ?? WRITING).includes(command)
  })
}
