import { boolean, type InputSchema, line } from '@oz-agent/core'

export const COMMANDS = [
  { name: 'run', description: 'Run one agent, with the outcome as exit code.' },
  {
    name: 'doctor',
    description: 'Say what is wrong with this machine, key or network, and how to repair it.',
  },
] as const

export type CommandName = (typeof COMMANDS)[number]['name']

/** An option that only this command has. */
export interface OwnOption {
  /** As a flag without its dashes. */
  readonly name: string
  /** What stands for its value in the help; absent for a truth value. */
  readonly value?: string
  readonly description: string
  readonly commands: readonly CommandName[]
  readonly schema: InputSchema<unknown>
}

export const OWN_OPTIONS = [
  {
    name: 'result-folder',
    value: 'folder',
    description:
      'Where result.json, transcript.ndjson and summary.md go; a new temporary folder if not given. One run at a time.',
    commands: ['run'],
    schema: line,
  },
  {
    name: 'outputs-file',
    value: 'file',
    description:
      'Append the outputs to this file as key=value lines (line breaks as \\n, as in .properties files).',
    commands: ['run'],
    schema: line,
  },
  {
    name: 'tool-folder',
    value: 'folder',
    description: 'Where downloaded versions of the CLI are kept.',
    commands: ['run', 'doctor'],
    schema: line,
  },
  { name: 'json', description: 'Print the report as JSON.', commands: ['doctor'], schema: boolean },
] as const satisfies readonly OwnOption[]

export type OwnOptionName = (typeof OWN_OPTIONS)[number]['name']

/** The own options that a command takes. */
export function ownOptionsOf(
  command: CommandName,
): readonly (OwnOption & { readonly name: OwnOptionName })[] {
  return OWN_OPTIONS.filter(({ commands }) => (commands as readonly CommandName[]).includes(command))
}
