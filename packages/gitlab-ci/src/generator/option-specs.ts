import { formatDuration } from '@oz-agent/core'
import { DEFAULT_VERSION, formatVersion } from './gitlab-version.ts'
import { PROGRAM_KINDS } from './program.ts'
import { DEFAULT_TRIGGERS, TRIGGER_NAMES } from './triggers.ts'

/** One option of the generator's command line. */
export interface OptionSpec {
  /** How its value is shown in the help; absent for a switch. */
  readonly value?: string
  readonly help: string
  readonly default?: string
  /** May be given several times. */
  readonly repeatable?: boolean
  /** Commands that take it; all that write a template when absent. */
  readonly commands?: readonly Command[]
}

export const COMMANDS = ['generate', 'init', 'component', 'check'] as const
export type Command = (typeof COMMANDS)[number]

const WRITING = ['generate', 'init', 'component'] as const

export const OPTIONS = {
  'gitlab-version': {
    value: 'VERSION',
    default: formatVersion(DEFAULT_VERSION),
    help: 'Oldest GitLab that is to take the template.',
  },
  program: {
    value: 'WAY',
    default: 'vendored',
    help: `How the job gets the program: ${PROGRAM_KINDS.join(', ')}.`,
  },
  'program-file': { value: 'FILE', help: 'The program; the one beside the generator when not given.' },
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
    help: 'A tag of the runner; makes an input of the tags. Without one the job takes the tags of `default`.',
  },
  on: {
    value: 'WHEN',
    repeatable: true,
    help: `When the job runs: ${TRIGGER_NAMES.join(', ')}. Default: ${DEFAULT_TRIGGERS.join(', ')}.`,
  },
  needs: { value: 'JOB', repeatable: true, help: 'A job that this one waits for; none starts it at once.' },
  'job-timeout': { value: 'TIME', default: '1h', help: 'Time limit of the job.' },
  'script-timeout': { value: 'TIME', help: 'Time limit of the script; what the job leaves when not given.' },
  'after-script-timeout': {
    value: 'TIME',
    help: `Time limit of after_script; at most ${formatDuration(120_000)} when not given.`,
  },
  'artifact-expiry': { value: 'TIME', default: '1 week', help: 'How long artifacts are kept.' },
  writes: { help: 'The agent pushes: jobs of a branch run one after the other, none is interrupted.' },
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
    commands: ['init', 'component', 'check'],
    help: 'The repository to write into or to check.',
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
    help: 'Where the template will be published; prints the lines that include it from there.',
  },
  'component-name': {
    value: 'NAME',
    default: 'oz-agent',
    commands: ['component'],
    help: 'Name of the component.',
  },
  force: { commands: ['init', 'component', 'generate'], help: 'Overwrite files that were changed by hand.' },
} as const satisfies Record<string, OptionSpec>

export type OptionName = keyof typeof OPTIONS

export const OPTION_NAMES = Object.keys(OPTIONS) as OptionName[]

/** The options that a command takes. */
export function optionsOf(command: Command): readonly OptionName[] {
  return OPTION_NAMES.filter((name) => {
    const spec: OptionSpec = OPTIONS[name]
    return (spec.commands ?? (WRITING as readonly Command[])).includes(command)
  })
}
