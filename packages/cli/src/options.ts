/** An option that only this command has. */
export interface OwnOption {
  readonly name: string
  readonly value?: string
  readonly description: string
  readonly commands: readonly CommandName[]
}

export const COMMANDS = [
  { name: 'run', description: 'Run one agent, with the outcome as exit code.' },
  {
    name: 'doctor',
    description: 'Say what is wrong with this machine, key or network, and how to repair it.',
  },
] as const

export type CommandName = (typeof COMMANDS)[number]['name']

export const OWN_OPTIONS = [
  {
    name: 'result-folder',
    value: 'folder',
    description: 'Where result.json, transcript.ndjson and summary.md go; a temporary folder if not given.',
    commands: ['run'],
  },
  {
    name: 'outputs-file',
    value: 'file',
    description:
      'Append the outputs to this file as key=value lines (line breaks as \\n, as in .properties files).',
    commands: ['run'],
  },
  {
    name: 'tool-folder',
    value: 'folder',
    description: 'Where downloaded versions of the CLI are kept.',
    commands: ['run', 'doctor'],
  },
  { name: 'json', description: 'Print the report as JSON.', commands: ['doctor'] },
  { name: 'help', description: 'Show this text.', commands: ['run', 'doctor'] },
] as const satisfies readonly OwnOption[]

export type OwnOptionName = (typeof OWN_OPTIONS)[number]['name']
