import { INPUT_IDS, INPUTS, type InputSpec, spell } from '@oz-agent/core'
import { COMMANDS, type CommandName, OWN_OPTIONS, type OwnOption } from './options.ts'

const WIDTH = 100
const MARGIN = 4

/** What `oz-agent --help` shows. */
export function generalHelp(): string {
  const rows = COMMANDS.map(({ name, description }) => `  ${name.padEnd(8)}${description}`)
  return `${['oz-agent <command> [--flag=value …]', '', ...rows, '', 'oz-agent <command> --help shows its flags; oz-agent --version the version.'].join('\n')}\n`
}

/** The flags of one command, from the contract. */
export function commandHelp(command: CommandName): string {
  const own = OWN_OPTIONS.filter((option: OwnOption) => option.commands.includes(command))
  return [
    `oz-agent ${command} [--flag=value …]`,
    '',
    COMMANDS.find(({ name }) => name === command)?.description ?? '',
    'Every flag of the contract can be given as a variable instead: OZ_AGENT_PROMPT_FILE for --prompt-file.',
    '',
    ...own.flatMap(({ name, description, ...rest }: OwnOption) =>
      entry(`--${name}${rest.value === undefined ? '' : `=<${rest.value}>`}`, description),
    ),
    ...INPUT_IDS.flatMap((id) => entry(usage(id, INPUTS[id]), description(INPUTS[id]))),
    '',
  ].join('\n')
}

function usage(id: string, { kind, choices }: InputSpec): string {
  const flag = spell(id, 'flag')
  if (kind === 'boolean') return `${flag}, ${flag.replace('--', '--no-')}`
  if (choices !== undefined) return `${flag}=${choices.join('|')}`
  return `${flag}=<${kind === 'list' ? 'entry>, repeatable' : `${kind}>`}`
}

function description(spec: InputSpec): string {
  const standard = spec.default ?? spec.defaultNote
  const text = spec.description.replace(
    /`([a-z]+(?:_[a-z0-9]+)+)`/g,
    (_, name: string) => `--${name.replaceAll('_', '-')}`,
  )
  return `${text.replaceAll('`', '')}${standard === undefined ? '' : ` Default: ${standard}.`}`
}

function entry(head: string, text: string): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length + 1 > WIDTH - MARGIN - 2) {
      lines.push(line)
      line = ''
    }
    line = line === '' ? word : `${line} ${word}`
  }
  return [`  ${head}`, ...[...lines, line].map((one) => ' '.repeat(MARGIN + 2) + one)]
}
